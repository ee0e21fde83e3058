using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>
/// Converts a Hugging Face checkpoint of Qwen2 or Llama architecture (safetensors in 32, 16 or bfloat16) to a 4-bit ONNX Runtime GenAI folder for the processor or for DirectML.
/// Weights are read and written piece by piece, so memory stays at some tens of megabytes whatever the size of the model.
/// </summary>
public static class ModelConverter
{
    private static readonly string[] OptionalFiles = [GenAIFolderWriter.ChatTemplateFile, "chat_template.json", "special_tokens_map.json", RouterModelDescription.FileName, "LICENSE", "LICENSE.txt", "LICENSE.md", "NOTICE"];

    /// <summary>Converts a checkpoint. The target appears when all of it is written; after a failure there is nothing in its place.</summary>
    /// <param name="sourceFolder">A folder with <c>config.json</c>, <c>tokenizer.json</c>, <c>tokenizer_config.json</c> and the weights, whole or in parts with their index.</param>
    /// <param name="targetFolder">The folder to make. It must not exist, or be empty.</param>
    /// <param name="options">How to write it. <see langword="null"/>, the default, is for the processor.</param>
    /// <param name="progress">Is told how much of the file of weights is written.</param>
    /// <param name="cancellationToken">Ends the work and removes what was written.</param>
    /// <returns>A task that ends when the folder is complete.</returns>
    /// <exception cref="ArgumentException">A folder or an option is not valid.</exception>
    /// <exception cref="ModelFolderException">The source cannot be converted (each problem names its file and remedy), or the target is taken.</exception>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public static Task ConvertAsync(
        string sourceFolder, string targetFolder, ModelConverterOptions? options = null, IProgress<ModelProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(sourceFolder);
        ArgumentException.ThrowIfNullOrWhiteSpace(targetFolder);
        ModelConverterOptions own = (options ?? new()).CheckedCopy();
        return Task.Run(() => Convert(Path.GetFullPath(sourceFolder), targetFolder, own, progress, cancellationToken), cancellationToken);
    }

    private static void Convert(string source, string target, ModelConverterOptions options, IProgress<ModelProgress>? progress, CancellationToken cancellationToken)
    {
        var report = new ModelFolderReport(source);
        using JsonDocument? config = ReadJson(HuggingFaceConfig.FileName, report, required: true);
        using JsonDocument? generation = ReadJson(ControlTokens.GenerationFile, report, required: false);
        foreach (string file in (string[])[GenAIFolderWriter.TokenizerFile, GenAIFolderWriter.TokenizerConfigFile])
        {
            ReadJson(file, report, required: true)?.Dispose();
        }

        using JsonDocument? description = ReadJson(RouterModelDescription.FileName, report, required: false);
        if (description is not null)
        {
            RouterModelDescriptionReader.Read(report);
        }

        GenAIShape? shape = config is null ? null : HuggingFaceConfig.Read(config.RootElement, report);
        ControlTokens? tokens = shape is null ? null : ControlTokens.Read(config!.RootElement, generation?.RootElement ?? default, shape, report);
        report.ThrowIfAny();
        shape = shape! with { Target = options.Target, LastLogitsOnly = options.LastLogitsOnly };
        GenAIPlan plan = GenAIGraph.Build(shape);
        using Checkpoint? weights = CheckpointReader.Read(plan, shape, report);
        report.ThrowIfAny();
        GenAIFolderWriter.Write(
            target,
            plan,
            GenAIConfigWriter.Write(shape, tokens!),
            file => Write(new(shape, weights!, file, progress), plan, weights!, report, cancellationToken),
            work => Copy(source, options.Layout is { } layout ? RouterModelDescriptionWriter.Write(layout, description) : null, work));
    }

    private static void Write(WeightWriter writer, GenAIPlan plan, Checkpoint weights, ModelFolderReport report, CancellationToken cancellationToken)
    {
        try
        {
            writer.Write(plan, cancellationToken);
        }
        catch (WeightException error)
        {
            report.Add(weights.Entries[error.Tensor].File, error.Message, error.Fix);
            report.ThrowIfAny();
        }
    }

    private static void Copy(string source, byte[]? description, string work)
    {
        string[] files = [GenAIFolderWriter.TokenizerFile, GenAIFolderWriter.TokenizerConfigFile, .. OptionalFiles.Where(file => File.Exists(Path.Combine(source, file)))];
        foreach (string file in files)
        {
            GenAIFolderWriter.Copy(Path.Combine(source, file), work, file);
        }

        if (description is not null)
        {
            File.WriteAllBytes(Path.Combine(work, RouterModelDescription.FileName), description);
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
            JsonDocument document = UnicodeJson.Parse(JsonFile.Read(path));
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
            report.Add(file, "The file is not a JSON object.", "Fetch the file again.");
            return null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            report.Add(file, $"The file cannot be read as JSON: {error.Message}", "Fetch the file again.", error);
            return null;
        }
    }
}
