using System.IO.Compression;
using System.Text;
using ArchRouter.Benchmarks.Accuracy;

namespace ArchRouter.Onnx.Tests;

public sealed class CaseSetsTests : IDisposable
{
    private const string Case = """{"routes":[{"name":"sql","description":"Databases"}],"messages":[{"role":"user","content":"A join"}],"route":"sql"}""";
    private const string CaseOfASet = """{"file":"office","routes":[{"name":"mail","description":"Letters"}],"messages":[{"role":"user","content":"Hi"}],"route":"other"}""";

    private readonly string _folder = Directory.CreateTempSubdirectory("archrouter-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void TryRead_AFolder_TakesPlainAndPackedFilesByName()
    {
        Write("plain.jsonl", Case + "\n\n" + Case);
        Write("packed.jsonl.gz", Case);
        Write("notes.txt", "nothing of it");

        Assert.Equal([("packed", 1), ("plain", 2)], Read(_folder));
    }

    [Theory]
    [InlineData("one.jsonl")]
    [InlineData("one.jsonl.gz")]
    public void TryRead_AFile_TakesItAlone(string name)
    {
        Write("beside.jsonl", Case);

        Assert.Equal([("one", 1)], Read(Write(name, Case)));
    }

    [Fact]
    public void TryRead_CasesThatNameTheirSet_AreOfThatSet() =>
        Assert.Equal([("office", 2), ("mixed", 1)], Read(Write("mixed.jsonl", string.Join('\n', CaseOfASet, Case, CaseOfASet))));

    [Fact]
    public void TryRead_NothingThere_SaysSo()
    {
        string path = Path.Combine(_folder, "none");

        Assert.Equal($"There is no file or folder '{path}'.", Problem(path));
    }

    [Fact]
    public void TryRead_NoCases_SaysWhatIsExpected()
    {
        Write("cases.json", Case);
        Write("empty.jsonl", "\n");

        Assert.StartsWith($"There are no cases in '{_folder}': give a file, or a folder with files, that ends in .jsonl or .jsonl.gz", Problem(_folder), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("""{"messages":[],"route":"other"}""")]
    public void TryRead_ALineThatIsNoCase_NamesIt(string line)
    {
        string path = Write("wrong.jsonl", Case + "\n" + line);

        Assert.StartsWith($"{path}, line 2: not a case", Problem(path), StringComparison.Ordinal);
    }

    [Fact]
    public void TryRead_AFileThatIsNotPacked_IsRefused()
    {
        string path = Path.Combine(_folder, "wrong.jsonl.gz");
        File.WriteAllText(path, Case);

        Assert.Contains(path, Problem(path), StringComparison.Ordinal);
    }

    private static (string, int)[] Read(string path)
    {
        Assert.True(CaseSets.TryRead(path, out Dictionary<string, List<RoutingCase>>? sets, out string? problem), problem);
        return [.. sets.Select(set => (set.Key, set.Value.Count))];
    }

    private static string Problem(string path)
    {
        Assert.False(CaseSets.TryRead(path, out _, out string? problem));
        return problem;
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        using Stream file = File.Create(path);
        using Stream stream = name.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionLevel.Fastest) : file;
        stream.Write(Encoding.UTF8.GetBytes(text));
        return path;
    }
}
