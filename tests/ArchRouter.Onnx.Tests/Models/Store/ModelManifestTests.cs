namespace ArchRouter.Onnx.Tests;

public sealed class ModelManifestTests
{
    private static readonly string Revision = new('b', 40);
    private static readonly string Hash = new('c', 64);

    [Fact]
    public void Read_TakesJson()
    {
        ModelManifest manifest = Read($$"""
            {"id": "owner/name", "revision": "{{Revision}}", "licence": {"id": "apache-2.0", "url": "https://example.org/l"},
             "files": [{"path": "a.json", "sha256": "{{Hash.ToUpperInvariant()}}"}, {"path": "onnx/b.data", "sha256": "{{Hash}}", "size": 7}]}
            """);

        Assert.Equal(("owner/name", Revision), (manifest.Id, manifest.Revision));
        Assert.Equal(new ModelLicence("apache-2.0", new("https://example.org/l")), manifest.Licence);
        Assert.Equal([new("a.json", Hash), new("onnx/b.data", Hash, 7)], manifest.Files);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"id": "owner/name", "revision": "main", "files": []}""")]
    [InlineData("""{"id": 5, "revision": "main", "files": {}}""")]
    public void Read_NamesAFileOfAnotherForm(string json)
    {
        var error = Assert.Throws<ModelStoreException>(() => Read(json));

        Assert.Equal(ModelStoreError.Manifest, error.Error);
        Assert.EndsWith("manifest.json", error.File, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("name")]
    [InlineData("owner/name/more")]
    [InlineData("../name")]
    [InlineData("owner/..")]
    [InlineData("owner/a..b")]
    [InlineData("/name")]
    [InlineData("owner/na me")]
    [InlineData("own--er/name")]
    [InlineData("owner/na--me")]
    public void Manifest_RefusesOtherIds(string id) => Assert.Throws<ArgumentException>(() => new ModelManifest(id, Revision, [new("a", Hash)]));

    [Theory]
    [InlineData("main")]
    [InlineData("v1.0")]
    [InlineData("abc123")]
    public void Manifest_RefusesWhatCanMove(string revision) =>
        Assert.Contains("can move", Assert.Throws<ArgumentException>(() => new ModelManifest("a/b", revision, [new("a", Hash)])).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("../a")]
    [InlineData("a/../../b")]
    [InlineData("/etc/passwd")]
    [InlineData("a\\b")]
    [InlineData("c:/a")]
    [InlineData("a//b")]
    [InlineData("./a")]
    [InlineData(".hidden")]
    [InlineData("a/.. /.. /b")]
    [InlineData("a/.../b")]
    [InlineData("a.")]
    [InlineData("a ")]
    [InlineData("")]
    public void Manifest_RefusesPathsThatLeadOutside(string path) =>
        Assert.Contains("not a path inside", Assert.Throws<ArgumentException>(() => new ModelManifest("a/b", Revision, [new(path, Hash)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Manifest_RefusesFilesWithoutHashOrTwice()
    {
        Assert.Throws<ArgumentException>(() => new ModelManifest("a/b", Revision, [new("a", "abc")]));
        Assert.Throws<ArgumentException>(() => new ModelManifest("a/b", Revision, [new("a", Hash), new("A", Hash)]));
        Assert.Throws<ArgumentException>(() => new ModelManifest("a/b", Revision, []));
        Assert.Throws<ArgumentException>(() => new ModelManifest("a/b", Revision, [new("a", Hash, -1)]));
    }

    private static ModelManifest Read(string json)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("archrouter-manifest-");
        try
        {
            string path = Path.Combine(folder.FullName, "manifest.json");
            File.WriteAllText(path, json);
            return ModelManifest.Read(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
