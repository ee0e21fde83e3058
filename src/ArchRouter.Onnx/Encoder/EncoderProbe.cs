using Microsoft.ML.OnnxRuntime;

namespace ArchRouter.Onnx;

/// <summary>Runs a model at load to find what its description and its graph's shapes do not show.</summary>
internal static class EncoderProbe
{
    private const float LengthTolerance = 0.02f;

    public static void Check(OnnxTextEncoder encoder, EncoderDescription description, WordPieceVocabulary vocabulary, ModelFolderReport report)
    {
        float[] embedding = new float[description.Dimensions];
        float other;
        try
        {
            other = encoder.Encode("hello", embedding, CancellationToken.None);
        }
        catch (OnnxRuntimeException error)
        {
            report.Add(description.ModelFile, $"The graph cannot be run: {error.Message}", "Check that tokenizer.json belongs to the model, and export it again.", error);
            return;
        }

        CheckNumbers(embedding, other, description, report);
        CheckVocabulary(encoder, embedding, description, vocabulary, report);
        if (report.IsClean)
        {
            CheckLength(encoder, embedding, description, vocabulary, report);
        }
    }

    private static void CheckNumbers(float[] embedding, float other, EncoderDescription description, ModelFolderReport report)
    {
        if (!float.IsFinite(other) || !embedding.All(float.IsFinite))
        {
            report.Add(description.ModelFile, "The graph gives numbers that are not finite.", "Fetch or export the model again; a half-precision export may overflow.");
            return;
        }

        float length = MathF.Sqrt(embedding.Sum(value => value * value));
        if (MathF.Abs(length - 1) > LengthTolerance)
        {
            report.Add(description.ModelFile, $"The graph gives an embedding of length {length:0.###}; 1 was expected.", "Export the model with L2 normalisation as its last step.");
        }
    }

    /// <summary>The graph does not show how many tokens it knows, but a lookup past its last one fails.</summary>
    private static void CheckVocabulary(OnnxTextEncoder encoder, float[] embedding, EncoderDescription description, WordPieceVocabulary vocabulary, ModelFolderReport report)
    {
        bool knowsLast = Knows(encoder, vocabulary.Size - 1, embedding);
        if (!knowsLast || Knows(encoder, vocabulary.Size, embedding))
        {
            report.Add(
                description.TokenizerFile,
                $"The vocabulary has {vocabulary.Size} tokens, but the graph knows {(knowsLast ? "more" : "fewer")}.",
                "Take the tokenizer.json that belongs to the model.");
        }
    }

    /// <summary>A graph may have fewer positions than the description promises, which only the longest text shows.</summary>
    private static void CheckLength(OnnxTextEncoder encoder, float[] embedding, EncoderDescription description, WordPieceVocabulary vocabulary, ModelFolderReport report)
    {
        long[] longest = new long[description.MaxTokens];
        Array.Fill(longest, vocabulary.Special.Unknown);
        try
        {
            encoder.Run(longest, embedding);
        }
        catch (OnnxRuntimeException error)
        {
            report.Add(
                description.ModelFile,
                $"The graph cannot read texts of {description.MaxTokens} tokens, which 'max_tokens' in {EncoderDescription.FileName} promises: {error.Message}",
                $"Write the length that the model was made for into {EncoderDescription.FileName}, or export the model with as many positions.",
                error);
        }
    }

    private static bool Knows(OnnxTextEncoder encoder, int token, float[] embedding)
    {
        try
        {
            encoder.Run([token], embedding);
            return true;
        }
        catch (OnnxRuntimeException)
        {
            return false;
        }
    }
}
