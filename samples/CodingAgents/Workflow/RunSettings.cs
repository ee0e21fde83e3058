namespace CodingAgents;

/// <summary>What a run is asked to do.</summary>
internal sealed record RunSettings
{
    public Framework Framework { get; init; }

    public WorkflowKind Workflow { get; init; }

    /// <summary>An OpenAI-compatible server; null is OpenAI where there is a key, else the recorded server.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>The server's key, or null.</summary>
    public string? ApiKey { get; init; }

    public string? FastModel { get; init; }

    public string? StrongModel { get; init; }

    /// <summary>How many steps the run may take; null is the configuration's number.</summary>
    public int? MaxSteps { get; init; }

    /// <summary>Whether the temporary repository stays.</summary>
    public bool Keep { get; init; }

    /// <summary>Where the picture and the diff are written.</summary>
    public required string Output { get; init; }

    /// <summary>The folder of the recordings.</summary>
    public string Recordings { get; init; } = Path.Combine(AppContext.BaseDirectory, "Recordings");

    /// <summary>Whether answers are recorded ones.</summary>
    public bool IsRecorded => BaseUrl is null && ApiKey is null;

    public string Name => Framework == Framework.Sk ? "sk" : Workflow == WorkflowKind.Handoff ? "maf-handoff" : "maf-sequential";
}
