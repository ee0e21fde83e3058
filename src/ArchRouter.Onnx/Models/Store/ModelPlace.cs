namespace ArchRouter.Onnx;

/// <summary>
/// Where a model lies in the cache: its folder, and beside it the folder in which what it lacks is put together. Others may read the folder at any time,
/// so it comes whole, is never taken away, and changes file by file with its record last.
/// </summary>
internal sealed class ModelPlace(string cache, ModelManifest manifest)
{
    // No path of a manifest begins with a dot, so these names are free.
    private const string RecordName = ".archrouter-model.json";
    private const string PartsName = ".parts";

    public string Root { get; } = Path.Combine(cache, ModelId.FolderName(manifest.Id));

    public string Folder => Path.Combine(Root, manifest.Revision);

    public string Work => $"{Folder}.partial";

    public string Lock => $"{Folder}.lock";

    public string LicenceRecord => Path.Combine(Root, "accepted-licences.txt");

    private string Parts => Path.Combine(Work, PartsName);

    private string Record => Path.Combine(Folder, RecordName);

    public string PublishedFile(ModelFile file) => In(Folder, file);

    public string WorkFile(ModelFile file) => In(Work, file);

    /// <summary>A name that only the same bytes have, so that a part of another version is never continued.</summary>
    public string Part(ModelFile file) => Path.Combine(Parts, file.Sha256);

    /// <summary>Whether the folder is there with the files of the manifest at their lengths. Their hashes were checked before the record named them.</summary>
    public bool IsWhole()
    {
        var recorded = Recorded().ToDictionary(file => file.Path);
        return manifest.Files.All(file => recorded.TryGetValue(file.Path, out ModelFile? found)
            && found.Sha256 == file.Sha256
            && new FileInfo(PublishedFile(file)) is { Exists: true } info
            && info.Length == found.Size);
    }

    /// <summary>Makes the folder in which the files are put together, or goes on with what an earlier run left there.</summary>
    public void Open() => Directory.CreateDirectory(Parts);

    /// <summary>Puts the fetched files in their place.</summary>
    public void Publish()
    {
        if (Directory.Exists(Folder))
        {
            Extend();
            return;
        }

        Directory.Delete(Parts, recursive: true);
        ManifestFile.Write(Described(Work, []), Path.Combine(Work, RecordName));
        Directory.Move(Work, Folder);
    }

    /// <summary>Adds to a folder that others may be using; for them it stays whole.</summary>
    private void Extend()
    {
        IReadOnlyList<ModelFile> before = Recorded();
        ModelFile[] fetched = [.. manifest.Files.Where(file => File.Exists(WorkFile(file)))];
        if (fetched.Any(file => before.Any(old => old.Path == file.Path && old.Sha256 != file.Sha256)))
        {
            // From the first replaced file to the last the folder is of neither version, so until then nothing may vouch for it.
            File.Delete(Record);
        }

        foreach (ModelFile file in fetched)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(PublishedFile(file))!);
            File.Move(WorkFile(file), PublishedFile(file), overwrite: true);
        }

        // Once the record is there nobody looks for leftovers any more.
        Directory.Delete(Work, recursive: true);
        string record = $"{Record}.new";
        ManifestFile.Write(Described(Folder, before), record);
        File.Move(record, Record, overwrite: true);
    }

    /// <summary>The manifest with the lengths of its files, and with the earlier files that another manifest may name.</summary>
    private ModelManifest Described(string folder, IEnumerable<ModelFile> before)
    {
        IEnumerable<ModelFile> files = manifest.Files.Select(file => file with { Size = new FileInfo(In(folder, file)).Length });
        return new(manifest.Id, manifest.Revision, files.UnionBy(before, file => file.Path, StringComparer.OrdinalIgnoreCase));
    }

    /// <summary>The files that the record vouches for.</summary>
    private IReadOnlyList<ModelFile> Recorded()
    {
        try
        {
            return File.Exists(Record) ? ManifestFile.Read(Record).Files : [];
        }
        catch (ModelStoreException)
        {
            // A record that cannot be read proves nothing; the files are checked again.
            return [];
        }
    }

    private static string In(string folder, ModelFile file) => Path.Combine([folder, .. file.Path.Split('/')]);
}
