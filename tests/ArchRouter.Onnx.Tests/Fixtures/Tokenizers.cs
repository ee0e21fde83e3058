namespace ArchRouter.Onnx.Tests;

/// <summary>The real tokenizers of the test data, loaded once.</summary>
internal static class Tokenizers
{
    private static readonly Lazy<BpeTokenizer> LazyQwen = new(() => Load("qwen2.5.tokenizer.json.gz"));
    private static readonly Lazy<BpeTokenizer> LazySmol = new(() => Load("smollm2.tokenizer.json.gz"));

    public static BpeTokenizer Qwen => LazyQwen.Value;

    public static BpeTokenizer Smol => LazySmol.Value;

    public static BpeTokenizer Named(string name) => name == "qwen2.5" ? Qwen : Smol;

    private static BpeTokenizer Load(string file)
    {
        var report = new ModelFolderReport("fixtures");
        BpeTokenizer? tokenizer = BpeFile.Read(FixtureFile.ReadBytes(file), file, report);
        report.ThrowIfAny();
        return tokenizer!;
    }
}
