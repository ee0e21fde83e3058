using ArchRouter.Onnx;

namespace ArchRouter.OnnxGenAI;

/// <summary>Runs a model at load: shows what its description does not, and whether it can be rewound as the engine will do for each request.</summary>
internal static class GenAIProbe
{
    // Half precision on a graphics processor need not give the same bits twice; another token's logits are far beyond this.
    private const float Tolerance = 0.02f;

    public static void Check(ITokenModel model, string file, ModelFolderReport report)
    {
        int last = model.VocabularySize - 1;
        int[] first = [0, last];
        int[] second = [last, last, 0];
        try
        {
            float[] before = model.Start(first, 0, CancellationToken.None).ToArray();
            _ = model.Start(second, 0, CancellationToken.None);
            ReadOnlySpan<float> after = model.Start(first, 0, CancellationToken.None);
            if (!Alike(before, after))
            {
                report.Add(
                    file,
                    "The model gives other logits after ONNX Runtime GenAI rewound it.",
                    $"Set GenAIOptions.{nameof(GenAIOptions.RecreateGenerator)}, or use another provider.");
            }
        }
        catch (InvalidOperationException error)
        {
            report.Add(file, error.Message, $"Use the {GenAIConfig.FileName} that belongs to the graph, and a graph made for the provider.", error);
        }
    }

    private static bool Alike(ReadOnlySpan<float> before, ReadOnlySpan<float> after)
    {
        float scale = 1;
        float difference = 0;
        for (int i = 0; i < before.Length; i++)
        {
            scale = Math.Max(scale, Math.Abs(before[i]));
            difference = Math.Max(difference, Math.Abs(before[i] - after[i]));
        }

        return difference <= Tolerance * scale;
    }
}
