namespace ArchRouter.Onnx;

/// <summary>The models loaded in this process. Kernels are built by the hundred and never disposed; a hundred engines must cost one session.</summary>
internal static class SharedEncoders
{
    private static readonly Lock Gate = new();
    private static readonly Dictionary<EncoderKey, Entry> Entries = [];

    /// <summary>Borrows a model, loading it if nobody else holds it. Whoever comes meanwhile waits for the same load.</summary>
    /// <exception cref="ModelFolderException">The folder cannot be used. Failures are not kept.</exception>
    public static EncoderLease Acquire(EncoderKey key, Func<EncoderRuntime> load)
    {
        Entry? entry;
        lock (Gate)
        {
            if (!Entries.TryGetValue(key, out entry))
            {
                Entries.Add(key, entry = new Entry(key, load));
            }

            entry.Holders++;
        }

        try
        {
            return new EncoderLease(entry.Runtime.Value, () => Release(entry));
        }
        catch
        {
            Forget(entry);
            throw;
        }
    }

    private static void Release(Entry entry)
    {
        lock (Gate)
        {
            if (--entry.Holders > 0)
            {
                return;
            }

            Forget(entry);
        }

        entry.Runtime.Value.Close();
    }

    private static void Forget(Entry entry)
    {
        lock (Gate)
        {
            // After a failed load another caller may have put a new entry there.
            if (Entries.TryGetValue(entry.Key, out Entry? current) && current == entry)
            {
                Entries.Remove(entry.Key);
            }
        }
    }

    private sealed class Entry(EncoderKey key, Func<EncoderRuntime> load)
    {
        public EncoderKey Key => key;

        public Lazy<EncoderRuntime> Runtime { get; } = new(load);

        public int Holders { get; set; }
    }
}
