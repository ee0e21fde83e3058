using System.Text.Json.Nodes;
using Microsoft.CodeAnalysis.Scripting;

namespace ArchRouter.Docs.Tests.Notebooks;

[Collection(nameof(OnConsole))]
public class NotebookRunTests
{
    private const string Package = "#r \"nuget: ArchRouter, 0.1.0\"\n";

    [Fact]
    public async Task Cells_SeeEarlierOnesAndKeepTheOrderOfOutputs()
    {
        IReadOnlyList<IReadOnlyList<CellOutput>> outputs = await NotebookRun.RunAsync(Of(
            Package + "using ArchRouter;\nint n = await Task.FromResult(2);",
            "Console.Write(n); \"<svg/>\".DisplayAs(\"image/svg+xml\"); Console.Write(nameof(RouteTable));"));

        Assert.Empty(outputs[0]);
        Assert.Equal([new(null, "2"), new("image/svg+xml", "<svg/>"), new(null, "RouteTable")], outputs[1]);
    }

    [Fact]
    public async Task CellThatDoesNotCompile_Fails() =>
        await Assert.ThrowsAsync<CompilationErrorException>(() => NotebookRun.RunAsync(Of(Package + "int n = \"\";")));

    [Fact]
    public async Task TypeOfAPackageThatIsNotReferenced_IsNotThere() =>
        await Assert.ThrowsAsync<CompilationErrorException>(() => NotebookRun.RunAsync(Of(Package + "using Microsoft.SemanticKernel;")));

    [Fact]
    public async Task UnknownPackage_IsAnError() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => NotebookRun.RunAsync(Of("#r \"nuget: No.Such.Package, 1.0.0\"")));

    [Theory]
    [InlineData("2", 0)]
    [InlineData("3", 1)]
    [InlineData(null, 1)]
    public async Task SavedOutput_ThatIsNotPutOut_IsFound(string? saved, int differences)
    {
        Notebook notebook = Of(Package + "Console.Write(1 + 1);");
        notebook.CodeCells.Single().Save(1, saved is null ? [] : [new CellOutput(null, saved)]);

        Assert.Equal(differences, OutputComparison.Differences(notebook, await NotebookRun.RunAsync(notebook)).Count);
    }

    private static Notebook Of(params string[] cells) => Notebook.Parse("test.ipynb", new JsonObject
    {
        ["cells"] = new JsonArray([.. cells.Select(cell => new JsonObject { ["cell_type"] = "code", ["source"] = cell, ["outputs"] = new JsonArray() })]),
    }.ToJsonString());
}
