using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>
/// Converts a Hugging Face checkpoint of Qwen2 or Llama architecture (safetensors in 32, 16 or bfloat16) to a 4-bit ONNX Runtime GenAI folder for the CPU.
/// Weights are read and written piece by piece, so memory stays at some tens of megabytes whatever the size of the model.
/// </summary>
public static class ModelConverter
{
    private static readonly string[] OptionalFiles = [GenAIFolderWriter.ChatTemplateFile, "chat_template.json", "special_tokens_map.json", "router.json", "LICENSE", "LICENSE.txt", "LICENSE.md", "NOTICE"];

    /// <summary>Converts a checkpoint. The target appears when all of it is written; after a failure there is nothing in its place.</summary>
    /// <param name="sourceFolder">A folder with <c>config.json</c>, <c>tokenizer.json</c>, <c>tokenizer_config.json</c> and the weights, whole or in parts with their index.</param>
    /// <param name="targetFolder">The folder to make. It must not exist, or be empty.</param>
    /// <param name="lastLogitsOnly">
    /// Whether the graph gives logits of the last token only, which is all that a router asks for: reading a prompt of a 1.5B model takes about a
    /// seventh fewer operations, and no room for the others' logits. <see langword="false"/> gives what the builder of ONNX Runtime GenAI gives by default, for uses that
    /// score whole texts or batches of unequal length.
    /// </param>
    /// <param name="progress">Is told how much of the file of weights is written.</param>
    /// <param name="cancellationToken">Ends the work and removes what was written.</param>
    /// <returns>A task that ends when the folder is complete.</returns>
    /// <exception cref="ModelFolderException">The source cannot be converted (each problem names its file and remedy), or the target is taken.</exception>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public static Task ConvertAsync(
        string sourceFolder, string targetFolder, bool lastLogitsOnly = true, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sourceFolder);
        ArgumentException.ThrowIfNullOrWhiteSpace(targetFolder);
        return Task.Run(() => Convert(Path.GetFullPath(sourceFolder), targetFolder, lastLogitsOnly, progress, cancellationToken), cancellationToken);
    }

    private static void Convert(string source, string target, bool lastLogitsOnly, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        var report = new ModelFolderReport(source);
        using JsonDocument? config = ReadJson(HuggingFaceConfig.FileName, report, required: true);
        using JsonDocument? generation = ReadJson(ControlTokens.GenerationFile, report, required: false);
        foreach (string file in (string[])[GenAIFolderWriter.TokenizerFile, GenAIFolderWriter.TokenizerConfigFile])
        {
            ReadJson(file, report, required: true)?.Dispose();
        }

        GenAIShape? shape = config is null ? null : HuggingFaceConfig.Read(config.RootElement, report);
        ControlTokens? tokens = shape is null ? null : ControlTokens.Read(config!.RootElement, generation?.RootElement ?? default, shape, report);
        report.ThrowIfAny();
        GenAIPlan plan = GenAIGraph.Build(shape! with { LastLogitsOnly = lastLogitsOnly });
        using Checkpoint? weights = CheckpointReader.Read(plan, shape!, report);
        report.ThrowIfAny();
        GenAIFolderWriter.Write(
            target,
            plan,
            GenAIConfigWriter.Write(shape!, tokens!),
            file => Write(new(shape!, weights!, file, progress), plan, weights!, report, cancellationToken),
            work => Copy(source, work));
    }

    private static void Write(WeightWriter writer, GenAIPlan plan, Checkpoint weights, ModelFolderReport report, CancellationToken cancellationToken)
    {
        try
        {
            writer.Write(plan, cancellationToken);
        }
        catch (WeightException error)
        {
            report.Add(weights.Entries[error.Tensor].File, error.Message, "Fetch the file again, or take another checkpoint.");
            report.ThrowIfAny();
        }
    }

    private static void Copy(string source, string work)
    {
        string[] files = [GenAIFolderWriter.TokenizerFile, GenAIFolderWriter.TokenizerConfigFile, .. OptionalFiles.Where(file => File.Exists(Path.Combine(source, file)))];
        foreach (string file in files)
        {
            GenAIFolderWriter.Copy(Path.Combine(source, file), work, file);
        }
    }

    private static JsonDocument? ReadJson(string file, ModelFolderReport report, bool required)
    {
        string path = report.PathOf(file);
        if (!File.Exists(path))
        {
            if (required)
            {
                report.Add(file, "The file is missing.", "Fetch every file of the checkpoint.");
            }

            return null;
        }

        try
        {
            return JsonDocument.Parse(File.ReadAllBytes(path));
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            report.Add(file, $"The file cannot be read as JSON: {error.Message}", "Fetch the file again.", error);
            return null;
        }
    }
}
