namespace ArchRouter.OnnxGenAI;

/// <summary>The library and what of it there is once in a process.</summary>
internal sealed class GenAIProcess(IGenAILibrary library)
{
    private static readonly Lazy<GenAIProcess> Instance = new(() =>
    {
        var process = new GenAIProcess(new NativeLibrary());
        AppDomain.CurrentDomain.ProcessExit += (_, _) => process.Use.Close();
        return process;
    });

    /// <summary>The real one.</summary>
    public static GenAIProcess Current => Instance.Value;

    public IGenAILibrary Library => library;

    public LibraryUse Use { get; } = new(library.OpenHandle);

    public SingleModel DirectML { get; } = new();
}
