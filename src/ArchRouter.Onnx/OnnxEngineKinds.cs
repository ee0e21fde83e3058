namespace ArchRouter.Onnx;

/// <summary>This package's engines as configuration names them.</summary>
internal static class OnnxEngineKinds
{
    public static EngineKind Encoder { get; } = new(
        EngineKind.Encoder, (_, settings) => settings.Folder is { } folder ? EncoderRouterEngine.Load(folder) : EncoderRouterEngine.LoadBundled())
    {
        TakesModel = true,
    };

    public static EngineKind RouterModel { get; } = new(
        EngineKind.RouterModel, (_, settings) => DecoderRouterEngine.Load(settings.Folder!, new DecoderOptions { Layout = settings.Layout?.Value }))
    {
        TakesModel = true,
        NeedsModel = true,
        Layouts = PromptLayouts.Ids,
    };
}
