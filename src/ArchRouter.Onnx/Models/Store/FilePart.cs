using System.Net.Http.Headers;

namespace ArchRouter.Onnx;

/// <summary>What was fetched of a file so far, and the tag by which the server knows the version it is from.</summary>
internal sealed class FilePart(string path, StoreSettings settings)
{
    private readonly string _tagPath = $"{path}.etag";

    public string Path => path;

    /// <summary>The version that the bytes are from; without it they cannot be continued.</summary>
    public string? Tag { get; private set; }

    public long Length { get; private set; }

    public static FilePart Open(string path, StoreSettings settings)
    {
        var part = new FilePart(path, settings);
        if (File.Exists(path) && File.Exists(part._tagPath) && Usable(File.ReadAllText(part._tagPath)) is { } tag)
        {
            part.Tag = tag;
            part.Length = new FileInfo(path).Length;
        }

        return part;
    }

    /// <summary>Begins again, with the bytes of another version.</summary>
    public void Restart(string? tag)
    {
        Discard();
        Tag = Usable(tag);
        if (Tag is not null)
        {
            File.WriteAllText(_tagPath, Tag);
        }
    }

    public void Discard()
    {
        File.Delete(path);
        File.Delete(_tagPath);
        Tag = null;
        Length = 0;
    }

    /// <summary>Adds a response's bytes, and no more once they are more than the file has.</summary>
    public async Task AppendAsync(Stream body, long? size, Action<long> report, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[1 << 17];
        Stream file = settings.OpenPart(path, Length);
        await using (file.ConfigureAwait(false))
        {
            while (!(Length > size) && await ReadAsync(body, buffer, cancellationToken).ConfigureAwait(false) is > 0 and int read)
            {
                await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
                Length += read;
                report(Length);
            }

            await file.FlushAsync(cancellationToken).ConfigureAwait(false);
            (file as FileStream)?.Flush(flushToDisk: true);
        }
    }

    /// <summary>A tag that can be sent back and stands for one version, or <see langword="null"/>. A crash may have left anything in its file.</summary>
    private static string? Usable(string? tag) =>
        EntityTagHeaderValue.TryParse(tag, out EntityTagHeaderValue? parsed) && !parsed.IsWeak && !parsed.Equals(EntityTagHeaderValue.Any) && parsed.Tag.All(c => c is >= ' ' and <= '~')
            ? parsed.Tag
            : null;

    private async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        using var silence = new CancellationTokenSource(settings.Silence, settings.Clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, silence.Token);
        try
        {
            return await body.ReadAsync(buffer, end.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (LostConnectionException.IsCause(error, cancellationToken))
        {
            throw new LostConnectionException($"The connection was lost after {Length} bytes.", error);
        }
    }
}
