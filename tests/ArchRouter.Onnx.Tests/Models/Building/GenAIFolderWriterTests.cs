namespace ArchRouter.Onnx.Tests;

public sealed class GenAIFolderWriterTests : IDisposable
{
    private static readonly GenAIPlan Plan = new([1, 2, 3], [new("weight", TensorKind.Norm, Rows: 1, Columns: 32, [])]);
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("archrouter-writer-");

    private string Target => Path.Combine(_root.FullName, "target");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Write_LeavesNothingWhenTheDiskIsFull(bool withinWeights)
    {
        var full = new IOException("There is no space left on the disk.");

        var error = Assert.Throws<IOException>(() => GenAIFolderWriter.Write(
            Target,
            Plan,
            [4, 5],
            file =>
            {
                RandomAccess.Write(file, [6, 7], 0);
                throw full;
            },
            folder =>
            {
                File.WriteAllText(Path.Combine(folder, "tokenizer.json"), "{}");
                if (!withinWeights)
                {
                    throw full;
                }
            }));

        Assert.Same(full, error);
        Assert.Empty(_root.EnumerateFileSystemInfos());
    }

    [Fact]
    public void Write_MakesTheFolderOnceThereIsRoom()
    {
        Assert.Throws<IOException>(() => GenAIFolderWriter.Write(Target, Plan, [4, 5], _ => throw new IOException(), _ => { }));

        GenAIFolderWriter.Write(Target, Plan, [4, 5], file => RandomAccess.Write(file, [6, 7], 0), _ => { });

        Assert.Equal(["target"], _root.EnumerateFileSystemInfos().Select(entry => entry.Name));
        Assert.Equal(Plan.DataLength, new FileInfo(Path.Combine(Target, "model.onnx.data")).Length);
    }

    public void Dispose() => _root.Delete(recursive: true);
}
