using ArchRouter.Onnx;

namespace ArchRouter.OnnxGenAI;

/// <summary>Makes engines on a library; equal ones share a model.</summary>
internal sealed class GenAIEngines(GenAIProcess process)
{
    private readonly SharedModels<GenAIKey, RouterModelRuntime> _loaded = new(runtime => runtime.Release());

    /// <param name="folder">The model folder.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="readPrompts">Finds how the model is asked; adds to the report what is wrong with it.</param>
    public GenAIRouterEngine Load(string folder, GenAIOptions options, Func<RouterModelDescription, GenAIConfig, ModelFolderReport, IRoutePrompts?> readPrompts)
    {
        GenAIKey key = GenAIKey.Of(folder, options);
        return new GenAIRouterEngine(_loaded.Acquire(key, () => Load(new ModelFolderReport(key.Model.Folder), options, readPrompts)), options.Provider);
    }

    private RouterModelRuntime Load(ModelFolderReport report, GenAIOptions options, Func<RouterModelDescription, GenAIConfig, ModelFolderReport, IRoutePrompts?> readPrompts)
    {
        GenAIConfig? config = GenAILoader.Describe(report);
        RouterModelDescription? description = Directory.Exists(report.Folder) ? RouterModelDescriptionReader.Read(report) : null;
        IRoutePrompts? prompts = config is not null && description is not null ? readPrompts(description, config, report) : null;
        report.ThrowIfAny();
        return new RouterModelRuntime(GenAILoader.Load(config!, options, process, report), prompts!, description!, options.Shared);
    }
}
