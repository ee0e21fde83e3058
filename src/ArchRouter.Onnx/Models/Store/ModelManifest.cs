namespace ArchRouter.Onnx;

/// <summary>Pins a model: which files it has at which revision, and the hash of each.</summary>
public sealed class ModelManifest
{
    private const int RevisionLength = 40;
    private const int HashLength = 64;

    /// <summary>Makes a manifest.</summary>
    /// <param name="id">The repository as <c>owner/name</c>.</param>
    /// <param name="revision">The commit: 40 hexadecimal digits. A branch or tag is refused, for it can move.</param>
    /// <param name="files">The files; at least one, no path twice.</param>
    /// <param name="licence">What has to be accepted first, or <see langword="null"/> if nothing has.</param>
    /// <exception cref="ArgumentException">A part is not of the form described, or a path leads out of the folder or is not portable.</exception>
    public ModelManifest(string id, string revision, IEnumerable<ModelFile> files, ModelLicence? licence = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        ArgumentNullException.ThrowIfNull(revision);
        ArgumentNullException.ThrowIfNull(files);
        Require(ModelId.IsId(id), $"'{id}' is not a model's id of the form owner/name.", nameof(id));
        Require(IsHex(revision, RevisionLength), $"'{revision}' is not a commit of {RevisionLength} hexadecimal digits; a branch or tag can move.", nameof(revision));
        Id = id;
        Revision = revision.ToLowerInvariant();
        Files = [.. files.Select(Checked)];
        Licence = licence;
        Require(Files.Count > 0, "A manifest names at least one file.", nameof(files));
        Require(Files.DistinctBy(file => file.Path, StringComparer.OrdinalIgnoreCase).Count() == Files.Count, "A file is named twice.", nameof(files));
        Require(licence is null || licence.Id.Length > 0, "A licence has an id.", nameof(licence));
    }

    /// <summary>The repository as <c>owner/name</c>.</summary>
    public string Id { get; }

    /// <summary>The commit in lower-case hexadecimal.</summary>
    public string Revision { get; }

    /// <summary>The files.</summary>
    public IReadOnlyList<ModelFile> Files { get; }

    /// <summary>What has to be accepted first, or <see langword="null"/> if nothing has.</summary>
    public ModelLicence? Licence { get; }

    /// <summary>Reads a manifest from JSON: <c>{"id", "revision", "licence": {"id", "url"}, "files": [{"path", "sha256", "size"}]}</c>.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The manifest.</returns>
    /// <exception cref="ModelStoreException">The file cannot be read or is not of this form.</exception>
    public static ModelManifest Read(string path) => ManifestFile.Read(path);

    private static ModelFile Checked(ModelFile file)
    {
        ArgumentNullException.ThrowIfNull(file, "files");
        string[] parts = (file.Path ?? "").Split('/');

        // Windows drops dots and spaces at the end of a name, so it would take other names for "..".
        bool inside = Array.TrueForAll(parts, part => part.Length > 0 && part[^1] is not ('.' or ' ') && part.AsSpan().IndexOfAny('\\', ':', '\0') < 0);
        Require(inside && !parts[0].StartsWith('.'), $"'{file.Path}' is not a path inside the model's folder.", "files");
        Require(IsHex(file.Sha256, HashLength), $"'{file.Path}' has no SHA-256 of {HashLength} hexadecimal digits.", "files");
        Require(file.Size is null or >= 0, $"'{file.Path}' has a size below 0.", "files");
        return file with { Sha256 = file.Sha256.ToLowerInvariant() };
    }

    private static bool IsHex(string? text, int length) => text?.Length == length && text.All(char.IsAsciiHexDigit);

    private static void Require(bool holds, string otherwise, string parameter)
    {
        if (!holds)
        {
            throw new ArgumentException(otherwise, parameter);
        }
    }
}
