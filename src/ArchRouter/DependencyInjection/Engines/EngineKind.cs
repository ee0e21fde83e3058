namespace ArchRouter;

/// <summary>An engine that configuration can name. Packages that have one register it; of two with one name the last counts.</summary>
/// <param name="Name">One of <see cref="EngineSettings.Names"/>.</param>
/// <param name="Create">Makes the engine from settings that were checked.</param>
internal sealed record EngineKind(string Name, Func<IServiceProvider, EngineSettings, IRouterEngine> Create)
{
    public const string Encoder = "encoder";
    public const string RouterModel = "router-model";
    public const string OnnxGenAI = "onnx-genai";
    public const string Remote = "remote";

    public bool TakesModel { get; init; }

    public bool NeedsModel { get; init; }

    public bool NeedsService { get; init; }

    /// <summary>The prompt layouts that can be named; none where there is no prompt.</summary>
    public IReadOnlyList<string> Layouts { get; init; } = [];

    /// <summary>Whether a chat client is registered under a service id.</summary>
    public Func<IServiceProvider, string, bool>? HasService { get; init; }

    /// <summary>What to do to have an engine of this name.</summary>
    public static string WayTo(string name) => name == OnnxGenAI
        ? "Reference the package ArchRouter.OnnxGenAI and call AddOnnxGenAIEngine()."
        : "Reference the package ArchRouter.Onnx and call AddOnnxEngines(); AddArchRouterSelector() does it.";
}
