namespace ArchRouter.Onnx.Tests;

/// <summary>Loads decoders without an engine around them.</summary>
internal static class Decoders
{
    /// <param name="folder">The folder.</param>
    /// <param name="options">The options.</param>
    /// <param name="copied">Treats the graph as one that cannot append in place.</param>
    public static DecoderPlaces Load(string folder, DecoderOptions? options = null, bool copied = false)
    {
        DecoderOptions own = (options ?? new DecoderOptions()).CheckedCopy();
        var report = new ModelFolderReport(folder);
        var found = DecoderLoader.Describe(report);
        report.ThrowIfAny();
        OnnxContents contents = copied ? found!.Value.Contents with { Operators = new HashSet<string>() } : found!.Value.Contents;
        return new DecoderPlaces(DecoderLoader.Load(found.Value.Config, contents, own, report), own.Slots);
    }

    public static DecoderPlaces LoadKind(string kind, DecoderOptions? options = null, bool copied = false) =>
        Load(GoldenDecoder.FolderOf(kind), options, copied);

    /// <summary>An engine on this model alone.</summary>
    public static DecoderRouterEngine ToEngine(this RouterModelRuntime runtime) => new(new ModelLease<RouterModelRuntime>(runtime, runtime.Release));

    public static float[] Read(this ITokenModel model, ReadOnlySpan<int> prompt, int stable = 0) => model.Start(prompt, stable, CancellationToken.None).ToArray();

    public static float[] Answer(this ITokenModel model, ReadOnlySpan<int> answer) => model.Continue(answer, CancellationToken.None).ToArray();

    public static float Difference(IReadOnlyList<float> one, IReadOnlyList<float> other) => one.Zip(other, (a, b) => MathF.Abs(a - b)).Max();

    public static double LogProbability(float[] logits, int token)
    {
        double max = logits.Max();
        return logits[token] - max - Math.Log(logits.Sum(logit => Math.Exp(logit - max)));
    }
}
