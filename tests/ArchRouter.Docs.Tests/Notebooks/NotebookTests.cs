using System.Reflection;
using System.Xml.Linq;
using ArchRouter.Docs.Tests.Snippets;

namespace ArchRouter.Docs.Tests.Notebooks;

/// <summary>
/// Notebooks run as they stand, and put out what is saved in them. <c>ARCHROUTER_UPDATE_DOCS=1</c> saves what they put out now, and their
/// twins, instead of comparing.
/// </summary>
[Collection(nameof(OnConsole))]
public class NotebookTests
{
    private static readonly bool Update = Environment.GetEnvironmentVariable("ARCHROUTER_UPDATE_DOCS") == "1";

    // The notebook that takes a model's folder is saved as it runs without one.
    static NotebookTests() => Environment.SetEnvironmentVariable("ARCHROUTER_MODEL_FOLDER", null);

    public static TheoryData<string> Files => new(Notebook.Files);

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Cells_RunAndPutOutWhatIsSaved(string file)
    {
        Notebook notebook = Notebook.Load(file);

        IReadOnlyList<IReadOnlyList<CellOutput>> outputs = await NotebookRun.RunAsync(notebook);

        if (Update)
        {
            int execution = 0;
            foreach ((NotebookCell cell, IReadOnlyList<CellOutput> output) in notebook.CodeCells.Zip(outputs).ToArray())
            {
                cell.Save(++execution, output);
            }

            notebook.Save();
        }

        Assert.Empty(OutputComparison.Differences(notebook, outputs));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Twin_IsTheNotebooksCode(string file)
    {
        Notebook notebook = Notebook.Load(file);
        string twin = TwinFile.Write(notebook);
        if (Update)
        {
            Directory.CreateDirectory(Repository.PathOf("samples/notebooks"));
            File.WriteAllText(Repository.PathOf(TwinFile.PathOf(notebook)), twin);
        }

        Assert.Equal(twin, File.ReadAllText(Repository.PathOf(TwinFile.PathOf(notebook))).ReplaceLineEndings("\n"));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Twin_CompilesAsAProgram(string file)
    {
        Notebook notebook = Notebook.Load(file);
        string code = string.Join('\n', TwinFile.Write(notebook).Split('\n').Select(line => line.StartsWith("#:", StringComparison.Ordinal) || line.StartsWith("#!", StringComparison.Ordinal) ? "" : line));

        Assert.Empty(SnippetCompiler.Compile(TwinFile.PathOf(notebook), 1, code, []));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Notebook_IsForThePolyglotKernelAndThisVersion(string file)
    {
        Notebook notebook = Notebook.Load(file);
        string version = typeof(PreferenceRouter).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

        Assert.Equal(".net-csharp", notebook.KernelName);
        Assert.All(notebook.CodeCells, cell => Assert.Equal("csharp", cell.Kernel));
        Assert.InRange(notebook.CodeCells.Count(), 6, 10);
        Assert.All(
            notebook.CodeCells.SelectMany(cell => NotebookPackages.Of(cell.Source)).Where(package => package.Name.StartsWith("ArchRouter", StringComparison.Ordinal)),
            package => Assert.Equal(version, package.Version));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Pictures_AreWellFormed(string file) =>
        Assert.All(
            Notebook.Load(file).CodeCells.SelectMany(cell => cell.Outputs).Where(output => output.MimeType is not null),
            output => Assert.Equal("svg", XElement.Parse(output.Text).Name.LocalName));

    [Fact]
    public void ThereAreThree() => Assert.Equal(3, Notebook.Files.Count());
}
