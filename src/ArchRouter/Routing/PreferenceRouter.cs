using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ArchRouter;

/// <summary>
/// The one entry to routing: reads a request's context and decides which targets serve. Precedence: the request's own choice, the decision
/// of the same user turn (after rules for tool iterations), deterministic rules, the router model, the fallback.
/// </summary>
/// <remarks>
/// Thread-safe. A failure of the router (engine error, deadline, overload, unknown table) never becomes an exception unless
/// <see cref="RouterOptions.Strict"/> is on: the fallback serves and the decision tells why. Cancellation by the caller is not a failure
/// and is always thrown.
/// </remarks>
public sealed class PreferenceRouter
{
    private readonly RouteTables _tables;
    private readonly RouterOptions _options;
    private readonly PolicyMatcher _matcher;
    private readonly TurnMemory _turns;
    private readonly ILogger _logger;
    private readonly TimeProvider _time;

    /// <summary>Makes a router.</summary>
    /// <param name="tables">The tables.</param>
    /// <param name="engine">Scores policies; stays the caller's to dispose.</param>
    /// <param name="options">How to behave; copied.</param>
    /// <param name="logger">Where to log. Message contents appear at Trace only.</param>
    /// <param name="timeProvider">The clock for deadlines and elapsed times.</param>
    /// <exception cref="RouteTableException">The options are not valid.</exception>
    public PreferenceRouter(
        RouteTables tables, IRouterEngine engine, RouterOptions? options = null, ILogger<PreferenceRouter>? logger = null, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(tables);
        ArgumentNullException.ThrowIfNull(engine);
        _options = options?.Clone() ?? new RouterOptions();
        List<RouteTableProblem> problems = [];
        _options.Check(problems);
        RouteTableException.ThrowIfAny(problems);
        _tables = tables;
        IsUserAuthor = _options.IsUserAuthor is { } isUserAuthor ? author => IsUser(isUserAuthor, author) : null;
        _logger = logger ?? NullLogger<PreferenceRouter>.Instance;
        _time = timeProvider ?? TimeProvider.System;
        _matcher = new PolicyMatcher(engine, _options.Deadline, _time);
        _turns = new TurnMemory(_options.RememberedTurns);
    }

    /// <summary>The tables that the router decides by.</summary>
    public RouteTables Tables => _tables;

    /// <summary>Says which author names are the user's; see <see cref="RouterOptions.IsUserAuthor"/>. Throws nothing.</summary>
    internal Func<string, bool>? IsUserAuthor { get; }

    /// <summary>Finds the calling agent's name; see <see cref="RouterOptions.FindAgentName"/>.</summary>
    internal Func<string?>? FindAgentName => _options.FindAgentName;

    /// <summary>Which target holds a conversation. Kept here, since the clients over this router may live no longer than a scope or a call.</summary>
    internal ServiceConversations Conversations { get; } = new();

    /// <summary>Decides which targets serve a request.</summary>
    /// <param name="context">The request.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    /// <exception cref="RoutingFailedException">Routing failed and <see cref="RouterOptions.Strict"/> is on.</exception>
    public async ValueTask<RoutingDecision> RouteAsync(RouteContext context, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(context);
        cancellationToken.ThrowIfCancellationRequested();
        long started = _time.GetTimestamp();
        using System.Diagnostics.Activity? activity = ArchRouterTelemetry.StartRoute();
        RoutingDecision decision = await DecideAsync(context, cancellationToken).ConfigureAwait(false);
        decision = decision with { Elapsed = _time.GetElapsedTime(started) };
        Report(context, decision, activity);
        return _options.Strict && IsFailure(decision.Outcome) ? throw new RoutingFailedException(decision) : decision;
    }

    /// <summary>Has the engine compile every table's policies, and those that agents are limited to, so that the first call is not slower than the rest.</summary>
    /// <remarks>Unlike <see cref="RouteAsync"/> it knows no deadline and throws what the engine throws.</remarks>
    /// <param name="cancellationToken">The caller's token.</param>
    public async Task WarmUpAsync(CancellationToken cancellationToken = default)
    {
        foreach ((_, RouteTable table) in _tables.All())
        {
            foreach (PolicySubset subset in table.Subsets.Known)
            {
                await _matcher.WarmUpAsync(subset.Policies, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Tells who answered, so that after a failover the steps of the same turn begin with that target.</summary>
    internal void Served(RouteContext context, RoutingDecision decision, RouteTarget servedBy)
    {
        if (_turns.IsOn && servedBy != decision.Target && decision.Outcome != RoutingOutcome.Explicit
            && TryFindTable(context, out RouteTable table) && !IsOfOneIteration(table, decision))
        {
            _turns.Remember(TurnMemory.KeyOf(table, Allowed(table, context), context), decision with { Targets = [servedBy, .. decision.Targets.Where(t => t != servedBy)] });
        }
    }

    private async ValueTask<RoutingDecision> DecideAsync(RouteContext context, CancellationToken cancellationToken)
    {
        bool known = TryFindTable(context, out RouteTable table);
        if (!string.IsNullOrWhiteSpace(context.ExplicitTarget))
        {
            return Decision(table, context, RoutingOutcome.Explicit, [table.TargetOrNew(context.ExplicitTarget)]);
        }

        if (!known)
        {
            // Tables can be tenants'; the error may reach one of them, so it names no other.
            var error = new KeyNotFoundException($"There is no table named '{context.TableName}'.");
            return Fallback(table, context, RoutingOutcome.EngineFailed, error);
        }

        if (context.Kept is { } held)
        {
            return Pinned(held, context);
        }

        if (context.Step == StepKind.ToolIteration && RuleDecision(table, context, ofIterations: true, cancellationToken) is { } ruled)
        {
            return ruled;
        }

        PolicySubset allowed = Allowed(table, context);
        UInt128 turn = _turns.IsOn ? TurnMemory.KeyOf(table, allowed, context) : default;
        if (context.Conversation.IsContinuation && _turns.IsOn && _turns.Find(turn) is { } kept)
        {
            return Pinned(kept, context);
        }

        RoutingDecision decision = RuleDecision(table, context, ofIterations: false, cancellationToken)
            ?? await EngineDecisionAsync(table, allowed, context, cancellationToken).ConfigureAwait(false);
        if (_turns.IsOn)
        {
            _turns.Remember(turn, decision);
        }

        return decision;
    }

    private static bool IsUser(Func<string, bool> isUserAuthor, string author)
    {
        try
        {
            return isUserAuthor(author);
        }
#pragma warning disable CA1031 // The application's code; what it cannot say must not break the call.
        catch (Exception)
#pragma warning restore CA1031
        {
            return false;
        }
    }

    private static RoutingDecision Pinned(RoutingDecision kept, RouteContext context) => kept with
    {
        Outcome = RoutingOutcome.Pinned,
        PinnedOutcome = kept.PinnedOutcome ?? kept.Outcome,
        Step = context.Step,
        AgentName = context.AgentName,
        FunctionName = context.FunctionName,
        PluginName = context.PluginName,
    };

    private static PolicySubset Allowed(RouteTable table, RouteContext context) => table.Subsets.For(context.AgentName, context.AllowedPolicies);

    /// <summary>Whether a decision was made for an iteration of a tool loop alone, by a rule; the turn keeps its own.</summary>
    private static bool IsOfOneIteration(RouteTable table, RoutingDecision decision) =>
        decision.Rule is { } name && table.Rules.Any(r => r.Name == name && r.Condition.Step == StepKind.ToolIteration);

    private bool TryFindTable(RouteContext context, out RouteTable table)
    {
        table = context.Table ?? _tables.Default;
        if (context.Table is not null || context.TableName is null)
        {
            return true;
        }

        bool found = _tables.Named.TryGetValue(context.TableName, out RouteTable? named);
        table = named ?? _tables.Default;
        return found;
    }

    private static RoutingDecision? RuleDecision(RouteTable table, RouteContext context, bool ofIterations, CancellationToken cancellationToken)
    {
        try
        {
            for (int i = 0; i < table.Rules.Count; i++)
            {
                RoutingRule rule = table.Rules[i];
                if ((rule.Condition.Step == StepKind.ToolIteration) == ofIterations && rule.Condition.Holds(context))
                {
                    return Decision(table, context, RoutingOutcome.Rule, rule.Targets) with { Rule = rule.Name };
                }
            }

            return null;
        }
#pragma warning disable CA1031 // A predicate is the application's code; whatever it throws must not break the call.
        catch (Exception error)
#pragma warning restore CA1031
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Fallback(table, context, RoutingOutcome.EngineFailed, error);
        }
    }

    private async ValueTask<RoutingDecision> EngineDecisionAsync(RouteTable table, PolicySubset allowed, RouteContext context, CancellationToken cancellationToken)
    {
        if (context.Allowed.Error is { } unreadable)
        {
            return Fallback(table, context, RoutingOutcome.EngineFailed, unreadable);
        }

        if (!context.Conversation.HasRequest)
        {
            return Fallback(table, context, RoutingOutcome.NoUserMessage);
        }

        if (allowed.Policies.Count == 0)
        {
            return Fallback(table, context, RoutingOutcome.NoMatch);
        }

        MatchResult result = await _matcher.MatchAsync(new RouterRequest(allowed.Policies, context.Conversation), cancellationToken).ConfigureAwait(false);
        if (result.Scores is not { } scores)
        {
            return Fallback(table, context, result.Failure, result.Error);
        }

        DecisionRule.Match match = DecisionRule.Decide(table, allowed, scores);
        return Decision(table, context, match.Outcome, match.Targets) with
        {
            Policy = match.PolicyIndex >= 0 ? table.Policies[match.PolicyIndex].Name : null,
            Domain = match.Domain,
            Probability = match.Probability,
            Margin = match.Margin,
            Alternatives = RankedAlternatives.Of(scores),
            EngineId = scores.EngineId,
            Tier = scores.Tier,
            Cascade = scores.Cascade,
        };
    }

    private static RoutingDecision Fallback(RouteTable table, RouteContext context, RoutingOutcome outcome, Exception? error = null) =>
        Decision(table, context, outcome, table.Fallback) with { Error = error };

    private static RoutingDecision Decision(RouteTable table, RouteContext context, RoutingOutcome outcome, IReadOnlyList<RouteTarget> targets) => new()
    {
        Outcome = outcome,
        Targets = outcome == RoutingOutcome.Explicit ? targets : TargetRanking.Able(targets, table.Fallback, context),
        TableName = context.Table is null ? context.TableName : null,
        TableVersion = table.Version,
        Step = context.Step,
        AgentName = context.AgentName,
        FunctionName = context.FunctionName,
        PluginName = context.PluginName,
    };

    private void Report(RouteContext context, RoutingDecision decision, System.Diagnostics.Activity? activity)
    {
        ArchRouterTelemetry.Record(activity, decision, _options.EnableSensitiveData ? context : null);
        if (IsFailure(decision.Outcome))
        {
            Log.RoutingFailed(_logger, decision.Outcome, decision.Target.ServiceId, decision.Error);
        }
        else if (_logger.IsEnabled(LogLevel.Debug))
        {
            Log.Decided(_logger, decision.Step, Caller(decision), decision);
        }

        // Once a turn: the steps of its tool loop ask no engine.
        if (decision is { Outcome: not RoutingOutcome.Pinned, Cascade: { IsBroken: true } step })
        {
            Log.CascadeBroken(_logger, step.Outcome, step.Error);
        }

        if (_logger.IsEnabled(LogLevel.Trace) && context.Conversation.HasRequest)
        {
            Log.DecidedSensitive(_logger, context.Conversation.Messages[^1].Text, decision.Reason);
        }
    }

    private static string Caller(RoutingDecision decision) =>
        decision.AgentName is { Length: > 0 } agent ? $" of agent '{agent}'"
        : decision.FunctionName is { } function ? $" of function '{(decision.PluginName is { } plugin ? $"{plugin}.{function}" : function)}'"
        : "";

    private static bool IsFailure(RoutingOutcome outcome) =>
        outcome is RoutingOutcome.EngineFailed or RoutingOutcome.TimedOut or RoutingOutcome.Overloaded;
}
