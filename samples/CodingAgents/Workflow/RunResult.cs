using Microsoft.Extensions.AI;

namespace CodingAgents;

/// <summary>What a run did.</summary>
internal sealed record RunResult
{
    public required RunEnd End { get; init; }

    /// <summary>Whether the answers were recorded ones.</summary>
    public required bool IsRecorded { get; init; }

    public required IReadOnlyList<Step> Steps { get; init; }

    public required IReadOnlyList<ChatMessage> History { get; init; }

    /// <summary>What the run cost.</summary>
    public required CostSummary Cost { get; init; }

    /// <summary>The build at the end, by the sample itself; null if the run did not come to its end or left something undone.</summary>
    public CommandResult? Build { get; init; }

    /// <summary>The tests at the end; null if there was nothing to test.</summary>
    public CommandResult? Tests { get; init; }

    /// <summary>What the agents changed.</summary>
    public string Diff { get; init; } = "";

    /// <summary>What a run that came to its end left undone; null: nothing that can be told without building.</summary>
    public string? Missing { get; init; }

    /// <summary>What failed, where something did.</summary>
    public Exception? Error { get; init; }
}
