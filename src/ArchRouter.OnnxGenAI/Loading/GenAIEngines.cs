using ArchRouter.Onnx;

namespace ArchRouter.OnnxGenAI;

/// <summary>Makes engines on a library; equal ones share a model.</summary>
internal sealed class GenAIEngines(GenAIProcess process)
{
    private readonly SharedModels<GenAIKey, RouterModelRuntime> _loaded = new(runtime => runtime.Release());

    /// <summary>The ones of the real library.</summary>
    public static GenAIEngines Current { get; } = new(GenAIProcess.Current);

    /// <param name="folder">The model folder.</param>
    /// <param name="options">Checked options.</param>
    public GenAIRouterEngine Load(string folder, GenAIOptions options)
    {
        GenAIKey key = GenAIKey.Of(folder, options);
        return new GenAIRouterEngine(_loaded.Acquire(key, () => Load(key, options)), options.Provider);
    }

    private RouterModelRuntime Load(GenAIKey key, GenAIOptions options) => RouterModelLoader.Load(
        key.Model.Folder, options.Shared, GenAILoader.Reserved, (config, _, report) => GenAILoader.Load(config, options, process, report));
}
