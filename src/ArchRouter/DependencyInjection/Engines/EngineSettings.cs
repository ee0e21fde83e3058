namespace ArchRouter;

/// <summary>What configuration says of the engine; null for what it does not say.</summary>
internal sealed record EngineSettings
{
    public const string Auto = "auto";

    /// <summary>Every engine that can be named. Which of them an application has depends on its packages.</summary>
    public static IReadOnlyList<string> Names { get; } = [Auto, EngineKind.Encoder, EngineKind.RouterModel, EngineKind.OnnxGenAI, EngineKind.Remote];

    public EngineSetting<string>? Engine { get; init; }

    /// <summary>The folder of the router model, or of an encoder.</summary>
    public EngineSetting<string>? Model { get; init; }

    public EngineSetting<string>? Layout { get; init; }

    /// <summary>The service id of the chat client that reaches a router model on a server.</summary>
    public EngineSetting<string>? Service { get; init; }

    public EngineSetting<double>? MinimumMargin { get; init; }

    /// <summary>Where the first thing that is said stands; null when nothing is.</summary>
    public string? Location => Engine?.Location ?? Model?.Location ?? Service?.Location ?? Layout?.Location ?? MinimumMargin?.Location;

    /// <summary>The model folder's full path.</summary>
    public string? Folder => Model is { } model ? ApplicationPath.Find(model.Value) : null;
}
