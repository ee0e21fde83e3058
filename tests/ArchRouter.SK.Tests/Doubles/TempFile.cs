namespace ArchRouter.SK.Tests;

/// <summary>A file that is gone when the test is.</summary>
internal sealed class TempFile : IDisposable
{
    public TempFile(string extension, string text)
    {
        Path = System.IO.Path.Combine(System.IO.Path.GetTempPath(), $"archrouter-{Guid.NewGuid():N}{extension}");
        File.WriteAllText(Path, text);
    }

    public string Path { get; }

    public void Dispose() => File.Delete(Path);
}
