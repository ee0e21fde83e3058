namespace ArchRouter;

/// <summary>How the router behaves, apart from its tables.</summary>
/// <remarks>Read once when the router is made; later changes are not observed.</remarks>
public sealed class RouterOptions
{
    private const string Location = "router options";

    // Timers take no more than this; a longer deadline would fail every call instead of waiting.
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromDays(24);

    /// <summary>
    /// The longest that a decision may take before the fallback serves; more than zero and at most 24 days, or <see cref="Timeout.InfiniteTimeSpan"/>.
    /// Default: 2 seconds, which leaves room for the first call, when a table's policies are compiled.
    /// </summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>
    /// Whether a routing failure (engine error, deadline, overload) is thrown as <see cref="RoutingFailedException"/> rather than answered
    /// with the fallback. For tests. Default: false.
    /// </summary>
    public bool Strict { get; set; }

    /// <summary>
    /// How many decisions are remembered so that tool-loop iterations of the same user turn keep theirs; 0 turns it off. Default: 1024.
    /// </summary>
    public int RememberedTurns { get; set; } = 1024;

    /// <summary>
    /// Says whether a message of role user that is signed with this author name is the user's own. Default (<see langword="null"/>):
    /// unsigned messages are the user's and signed ones are other agents'; where all are signed, the first author is the user. It runs on
    /// every request, so it must be fast, thread-safe and free of I/O; what it throws counts as no.
    /// </summary>
    public Func<string, bool>? IsUserAuthor { get; set; }

    /// <summary>
    /// Finds the name of the agent that is calling, where neither the request nor its system message tells; <see langword="null"/> when it
    /// does not know. It runs on every such request, so it must be fast, thread-safe and free of I/O; what it throws counts as not known.
    /// Default: none. For Agent Framework: <c>() => AIAgent.CurrentRunContext?.Agent.Name</c>.
    /// </summary>
    public Func<string?>? FindAgentName { get; set; }

    /// <summary>Whether activities carry the text of the request. Default: false.</summary>
    public bool EnableSensitiveData { get; set; }

    /// <summary>What configuration says of the engine.</summary>
    internal EngineSettings Engine { get; set; } = new();

    internal void Check(List<RouteTableProblem> problems)
    {
        if (DeadlineProblem(Deadline) is { } deadline)
        {
            problems.Add(deadline);
        }

        if (RememberedTurnsProblem(RememberedTurns) is { } turns)
        {
            problems.Add(turns);
        }
    }

    internal static RouteTableProblem? DeadlineProblem(TimeSpan deadline) =>
        (deadline > TimeSpan.Zero && deadline <= LongestDeadline) || deadline == Timeout.InfiniteTimeSpan
            ? null
            : new(Location, $"The deadline is {deadline}.", "Use more than zero and at most 24 days, or an infinite time span.");

    internal static RouteTableProblem? RememberedTurnsProblem(int turns) =>
        turns >= 0 ? null : new(Location, $"The number of remembered turns is {turns}.", "Use 0 or more.");

    internal RouterOptions Clone() => (RouterOptions)MemberwiseClone();
}
