namespace ArchRouter.Onnx.Tests;

/// <summary>The bundled model, loaded once for all tests that only read it.</summary>
internal static class Bundled
{
    public static readonly EncoderRouterEngine Engine = EncoderRouterEngine.LoadBundled();

    public static readonly WordPieceTokenizer Tokenizer = ReadTokenizer();

    public static readonly ConversationLimits Limits = new(5, 1200, 300);

    public static string Folder => Path.Combine(AppContext.BaseDirectory, "models", "quickstart");

    private static WordPieceTokenizer ReadTokenizer()
    {
        var report = new ModelFolderReport(Folder);
        WordPieceVocabulary? vocabulary = WordPieceFile.Read("tokenizer.json", report);
        report.ThrowIfAny();
        return new(vocabulary!);
    }
}
