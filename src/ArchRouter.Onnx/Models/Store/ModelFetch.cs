namespace ArchRouter.Onnx;

/// <summary>Gets one model into the cache while it holds the model's lock.</summary>
internal sealed class ModelFetch(HttpClient client, ModelManifest manifest, StoreSettings settings, IProgress<ModelProgress>? progress)
{
    private readonly ModelPlace _place = new(settings.CacheFolder, manifest);

    public async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var licence = new LicenceGate(_place, manifest, settings);
            bool whole = _place.IsWhole();
            if (whole && licence.IsOpen)
            {
                return _place.Folder;
            }

            if (!whole && settings.Offline)
            {
                throw NotCached();
            }

            using IDisposable held = await FileLock.TakeAsync(_place.Lock, settings.LockDelay, cancellationToken).ConfigureAwait(false);
            await licence.PassAsync(cancellationToken).ConfigureAwait(false);
            if (!_place.IsWhole())
            {
                await FetchAsync(cancellationToken).ConfigureAwait(false);
            }

            return _place.Folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelStoreException(
                ModelStoreError.Disk,
                _place.Folder,
                $"The cache cannot be written: {error.Message}",
                $"Free space or permit writing, or name another folder in {StoreSettings.CacheVariable}; then run again: it goes on where it stopped.",
                error);
        }
    }

    private async Task FetchAsync(CancellationToken cancellationToken)
    {
        _place.Open();
        RequireSpace();
        var request = new ModelRequest(client, settings);
        foreach (ModelFile file in manifest.Files)
        {
            await new FileFetch(request, manifest, file, settings, progress).RunAsync(_place, cancellationToken).ConfigureAwait(false);
        }

        _place.Publish();
    }

    private ModelStoreException NotCached() => new(
        ModelStoreError.Offline,
        manifest.Id,
        $"The model is not in the cache {settings.CacheFolder}, and the store works offline.",
        $"Fetch it once with {nameof(ModelStoreOptions)}.{nameof(ModelStoreOptions.Offline)} and {StoreSettings.OfflineVariable} switched off, or copy the cache from another machine.");

    /// <summary>Finds a full disk before the hours of fetching rather than after.</summary>
    private void RequireSpace()
    {
        long wanted = manifest.Files.Sum(Missing);
        if (FreeSpace() is { } free && wanted > free)
        {
            throw new IOException($"The model needs {wanted} bytes more, and the disk has {free}.");
        }
    }

    private long Missing(ModelFile file) => File.Exists(_place.WorkFile(file)) || LengthOf(_place.PublishedFile(file)) == file.Size
        ? 0
        : Math.Max(0, (file.Size ?? 0) - LengthOf(_place.Part(file)));

    private static long LengthOf(string path) => File.Exists(path) ? new FileInfo(path).Length : 0;

    private long? FreeSpace()
    {
        try
        {
            return new DriveInfo(_place.Work).AvailableFreeSpace;
        }
        catch (ArgumentException)
        {
            // A network share on Windows has no drive to ask.
            return null;
        }
    }
}
