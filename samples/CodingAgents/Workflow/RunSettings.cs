namespace CodingAgents;

/// <summary>What a run is asked to do.</summary>
internal sealed record RunSettings
{
    public Framework Framework { get; init; }

    public WorkflowKind Workflow { get; init; }

    /// <summary>An OpenAI-compatible server that every target is on; null: each is where <c>appsettings.json</c> says.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>The environment variable with the key of the server at <see cref="BaseUrl"/>; null: it gets none.</summary>
    public string? ApiKeyVariable { get; init; }

    /// <summary>The environment variables that keys are taken from.</summary>
    public Func<string, string?> Variables { get; init; } = Environment.GetEnvironmentVariable;

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

    public string Name => Framework == Framework.Sk ? "sk" : Workflow == WorkflowKind.Handoff ? "maf-handoff" : "maf-sequential";
}
