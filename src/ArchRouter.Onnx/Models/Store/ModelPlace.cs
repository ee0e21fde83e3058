namespace ArchRouter.Onnx;

/// <summary>Where a model lies in the cache: its folder, which is whole whenever it is there, and beside it the folder in which it is put together.</summary>
internal sealed class ModelPlace(string cache, ModelManifest manifest)
{
    // No path of a manifest begins with a dot, so these names are free.
    private const string RecordName = ".archrouter-model.json";
    private const string PartsName = ".parts";

    public string Root { get; } = Path.Combine(cache, ModelId.FolderName(manifest.Id));

    public string Folder => Path.Combine(Root, manifest.Revision);

    public string Work => $"{Folder}.partial";

    public string Lock => $"{Folder}.lock";

    public string Parts => Path.Combine(Work, PartsName);

    public string Record => Path.Combine(Work, RecordName);

    public string LicenceRecord => Path.Combine(Root, "accepted-licences.txt");

    public string WorkFile(ModelFile file) => Path.Combine([Work, .. file.Path.Split('/')]);

    /// <summary>A name that only the same bytes have, so that a part of another version is never continued.</summary>
    public string Part(ModelFile file) => Path.Combine(Parts, file.Sha256);

    /// <summary>Whether the folder is there with the files of the manifest at their lengths. Their hashes were checked before it got its name.</summary>
    public bool IsWhole()
    {
        string record = Path.Combine(Folder, RecordName);
        if (!File.Exists(record))
        {
            return false;
        }

        try
        {
            var recorded = ManifestFile.Read(record).Files.ToDictionary(file => file.Path);
            return manifest.Files.All(file => recorded.TryGetValue(file.Path, out ModelFile? found)
                && found.Sha256 == file.Sha256
                && new FileInfo(Path.Combine([Folder, .. file.Path.Split('/')])) is { Exists: true } info
                && info.Length == found.Size);
        }
        catch (ModelStoreException)
        {
            // A record that cannot be read proves nothing; the files are checked again.
            return false;
        }
    }

    /// <summary>Takes a folder that is not whole out of its place; what is good in it is kept.</summary>
    public void Reopen()
    {
        if (Directory.Exists(Folder))
        {
            if (Directory.Exists(Work))
            {
                Directory.Delete(Work, recursive: true);
            }

            Directory.Move(Folder, Work);
            File.Delete(Record);
        }

        Directory.CreateDirectory(Parts);
    }

    /// <summary>Gives the folder its name.</summary>
    public void Publish()
    {
        Directory.Delete(Parts, recursive: true);
        ManifestFile.Write(new(manifest.Id, manifest.Revision, manifest.Files.Select(file => file with { Size = new FileInfo(WorkFile(file)).Length })), Record);
        Directory.Move(Work, Folder);
    }
}
