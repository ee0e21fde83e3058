namespace ArchRouter.Onnx;

/// <summary>Models of one kind that are loaded. Kernels are built by the hundred and never disposed; a hundred engines must cost one session.</summary>
/// <param name="release">Releases a model that nobody holds any more.</param>
internal sealed class SharedModels<TKey, TModel>(Action<TModel> release)
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly Dictionary<TKey, Entry> _entries = [];

    /// <summary>Borrows a model, loading it if nobody else holds it. Whoever comes meanwhile waits for the same load; failures are not kept.</summary>
    public ModelLease<TModel> Acquire(TKey key, Func<TModel> load)
    {
        Entry? entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out entry))
            {
                _entries.Add(key, entry = new Entry(key, load));
            }

            entry.Holders++;
        }

        try
        {
            return new ModelLease<TModel>(entry.Model.Value, () => Release(entry));
        }
        catch
        {
            Forget(entry);
            throw;
        }
    }

    private void Release(Entry entry)
    {
        lock (_lock)
        {
            if (--entry.Holders > 0)
            {
                return;
            }

            Forget(entry);
        }

        release(entry.Model.Value);
    }

    private void Forget(Entry entry)
    {
        lock (_lock)
        {
            // After a failed load another caller may have put a new entry there.
            if (_entries.TryGetValue(entry.Key, out Entry? current) && current == entry)
            {
                _entries.Remove(entry.Key);
            }
        }
    }

    private sealed class Entry(TKey key, Func<TModel> load)
    {
        public TKey Key => key;

        public Lazy<TModel> Model { get; } = new(load);

        public int Holders { get; set; }
    }
}
