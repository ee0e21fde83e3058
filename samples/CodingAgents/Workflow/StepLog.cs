using ArchRouter;
using Microsoft.Extensions.AI;

namespace CodingAgents;

/// <summary>
/// Counts the steps of a run against its budget and keeps what each of them did. The history holds whole steps only, so that it can be gone
/// on with however the run ended. Steps come one after another. A cancelled run begins and ends no step, however long its framework goes on.
/// </summary>
internal sealed class StepLog
{
    private readonly int _maxSteps;
    private readonly ToolJournal _journal;
    private readonly IStepObserver _observer;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellation;
    private readonly long _started;
    private readonly Dictionary<string, int> _turns = [];
    private readonly List<Step> _steps = [];
    private readonly List<ChatMessage> _history = [new(ChatRole.User, Team.Task)];
    private int _begun;

    public StepLog(int maxSteps, ToolJournal journal, IStepObserver observer, TimeProvider? time = null, CancellationToken cancellationToken = default)
    {
        _maxSteps = maxSteps;
        _journal = journal;
        _observer = observer;
        _time = time ?? TimeProvider.System;
        _cancellation = cancellationToken;
        _started = _time.GetTimestamp();
        journal.Called += observer.Called;
    }

    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>The conversation: the task, then each step's request, tool calls, tool results and answer.</summary>
    public IReadOnlyList<ChatMessage> History => _history;

    /// <summary>Whether an agent wanted to work when there was no step left.</summary>
    public bool IsUsedUp { get; private set; }

    /// <summary>The agent's next step, or null when the steps are used up.</summary>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public BegunStep? TryBegin(AgentRole role)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (_begun == _maxSteps)
        {
            IsUsedUp = true;
            return null;
        }

        int turn = _turns.GetValueOrDefault(role.Name);
        _turns[role.Name] = turn + 1;
        _journal.Take();
        BegunStep step = new(++_begun, role.Name, role.RequestAt(turn), _time.GetTimestamp());
        _observer.Begun(step);
        return step;
    }

    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="InvalidOperationException">The step's answer came without a routing decision.</exception>
    public Step End(BegunStep begun, RoutingDecision? decision, TokenCount tokens, IEnumerable<ChatMessage> messages)
    {
        _cancellation.ThrowIfCancellationRequested();
        List<ChatMessage> added = [new(ChatRole.User, begun.Request), .. messages];
        _history.AddRange(added);
        Step step = new(
            begun.Number,
            begun.Agent,
            begun.Request,
            decision ?? throw new InvalidOperationException($"The answer of '{begun.Agent}' carries no routing decision."),
            _journal.Take(),
            tokens,
            _time.GetElapsedTime(_started, begun.StartedAt),
            _time.GetElapsedTime(begun.StartedAt),
            added.LastOrDefault(m => m.Role == ChatRole.Assistant && m.Text.Length > 0)?.Text ?? "");
        _steps.Add(step);
        _observer.Ended(step);
        return step;
    }
}
