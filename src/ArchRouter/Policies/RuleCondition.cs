namespace ArchRouter;

/// <summary>What must hold for a <see cref="RoutingRule"/>. Everything that is set must hold together; at least one thing must be set.</summary>
/// <remarks>Names are compared ignoring case; <c>*</c> stands for any run of characters and <c>?</c> for one.</remarks>
public sealed record RuleCondition
{
    /// <summary>A pattern for the name of the kernel function that calls.</summary>
    public string? Function { get; init; }

    /// <summary>A pattern for the name of that function's plugin.</summary>
    public string? Plugin { get; init; }

    /// <summary>A pattern for the name of the agent that calls.</summary>
    public string? Agent { get; init; }

    /// <summary>
    /// What kind of step the request must be. A rule for <see cref="StepKind.ToolIteration"/> comes before the decision that the turn would
    /// otherwise keep, and does not change what the turn keeps.
    /// </summary>
    public StepKind? Step { get; init; }

    /// <summary>Whether the latest user turn must (true) or must not (false) hold an image.</summary>
    public bool? HasImage { get; init; }

    /// <summary>
    /// Any condition in code. It runs on every call, so it must be fast, thread-safe and free of I/O. An exception counts as a
    /// routing failure: the fallback serves.
    /// </summary>
    public Func<RouteContext, bool>? Predicate { get; init; }

    internal bool IsEmpty => Function is null && Plugin is null && Agent is null && Step is null && HasImage is null && Predicate is null;

    internal bool HasEmptyPattern => Function?.Length == 0 || Plugin?.Length == 0 || Agent?.Length == 0;

    internal bool Holds(RouteContext context) =>
        Matches(Function, context.FunctionName)
        && Matches(Plugin, context.PluginName)
        && Matches(Agent, context.AgentName)
        && (Step is null || Step == context.Step)
        && (HasImage is null || HasImage == context.Conversation.HasImage)
        && (Predicate is null || Predicate(context));

    /// <summary>A predicate has no content to hash, so two tables that differ only in code share a version.</summary>
    internal void AddTo(ContentHash hash) =>
        hash.Add(Function).Add(Plugin).Add(Agent).Add(Step is { } step ? (int)step : -1).Add(HasImage switch { null => -1, true => 1, false => 0 }).Add(Predicate is null ? 0 : 1);

    private static bool Matches(string? pattern, string? name) =>
        pattern is null || (name is not null && NamePattern.Matches(pattern, name));
}
