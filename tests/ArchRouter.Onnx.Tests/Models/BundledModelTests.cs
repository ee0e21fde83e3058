namespace ArchRouter.Onnx.Tests;

public sealed class BundledModelTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("archrouter-").FullName;

    [Fact]
    public void Find_LooksBesideTheApplicationFirst()
    {
        string application = Put("app");
        Put(Path.Combine("package", "lib", "net10.0"));

        Assert.Equal(application, BundledModel.Find(In("app"), In("package", "lib", "net10.0")));
    }

    [Fact]
    public void Find_LooksBesideTheAssemblyNext()
    {
        string beside = Put("elsewhere");

        Assert.Equal(beside, BundledModel.Find(In("app"), In("elsewhere")));
    }

    [Fact]
    public void Find_KnowsThePackageLayout()
    {
        string package = Put("package");

        Assert.Equal(package, BundledModel.Find(In("app"), In("package", "lib", "net10.0")));
    }

    [Fact]
    public void Find_NamesThePlacesWhereItLooked()
    {
        var error = Assert.Throws<ModelFolderException>(() => BundledModel.Find(In("app"), In("package", "lib", "net10.0")));

        Assert.Contains(In("app", "models", "quickstart"), error.Message, StringComparison.Ordinal);
        Assert.Contains(In("package", "models", "quickstart"), error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Find_DoesWithoutAnAssemblyFolder() => Assert.Throws<ModelFolderException>(() => BundledModel.Find(In("app"), null));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private string In(params string[] parts) => Path.Combine([_root, .. parts]);

    private string Put(string place)
    {
        string folder = In(place, "models", "quickstart");
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "router.json"), "{}");
        return folder;
    }
}
