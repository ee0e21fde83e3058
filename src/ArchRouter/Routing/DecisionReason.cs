using System.Globalization;

namespace ArchRouter;

/// <summary>Says in one line why a decision is what it is.</summary>
internal static class DecisionReason
{
    public static string For(RoutingDecision decision)
    {
        string target = decision.Target.ServiceId;
        string why = Why(decision, decision.Outcome, target) + Cascade(decision.Cascade);
        return decision.ServedBy is { } served && served != target ? $"{why}; {target} failed, {served} answered" : why;
    }

    private static string Why(RoutingDecision d, RoutingOutcome outcome, string target) => outcome switch
    {
        RoutingOutcome.Matched => string.Create(CultureInfo.InvariantCulture, $"policy '{d.Policy}' at {d.Probability:0.00}{Next(d, d.Policy)} → {target}"),
        RoutingOutcome.MatchedDomain => string.Create(CultureInfo.InvariantCulture, $"no single policy is clear, but domain '{d.Domain}' is at {d.Probability:0.00} → {target}"),
        RoutingOutcome.NoMatch when d.Probability is null => $"no policies to match → fallback {target}",
        RoutingOutcome.NoMatch => string.Create(CultureInfo.InvariantCulture, $"no policy fits ('other' at {d.Probability:0.00}{Next(d, RoutePolicy.Other)}) → fallback {target}"),
        RoutingOutcome.LowConfidence => string.Create(CultureInfo.InvariantCulture, $"no policy is clear (best{Best(d)} at {d.Probability:0.00}, margin {d.Margin:0.00}) → fallback {target}"),
        RoutingOutcome.Explicit => $"the request names {target}",
        RoutingOutcome.Pinned => $"same user turn as before: {Why(d, d.PinnedOutcome ?? RoutingOutcome.NoMatch, target)}",
        RoutingOutcome.Rule => $"rule '{d.Rule}' → {target}",
        RoutingOutcome.NoUserMessage => $"no user message to route by → fallback {target}",
        RoutingOutcome.TimedOut => $"the router model passed its deadline → fallback {target}",
        RoutingOutcome.Overloaded => $"too many requests wait for the router model → fallback {target}",
        RoutingOutcome.EngineFailed => $"routing failed ({d.Error?.GetType().Name}: {FirstLine(d.Error?.Message)}) → fallback {target}",
        _ => $"{outcome} → {target}",
    };

    private static string Cascade(CascadeStep? step) => step?.Outcome switch
    {
        null => "",
        CascadeOutcome.FirstKept => string.Create(CultureInfo.InvariantCulture, $"; the first engine was clear (margin {step.FirstMargin:0.00})"),
        CascadeOutcome.Escalated => string.Create(CultureInfo.InvariantCulture, $"; the second engine was asked (margin of the first {step.FirstMargin:0.00})"),
        CascadeOutcome.SecondLate => "; the first engine's answer, as the second was late",
        CascadeOutcome.SecondBusy => "; the first engine's answer, as the second was busy",
        CascadeOutcome.SecondFailed => $"; the first engine's answer, as the second failed ({step.Error?.GetType().Name})",
        CascadeOutcome.FirstFailed => $"; the second engine's answer, as the first failed ({step.Error?.GetType().Name})",
        _ => $"; {step.Outcome}",
    };

    private static string Best(RoutingDecision d) => d.Alternatives.Count > 0 ? $" '{d.Alternatives[0].Name}'" : "";

    private static string Next(RoutingDecision d, string? than)
    {
        foreach (PolicyProbability alternative in d.Alternatives)
        {
            if (alternative.Name != than)
            {
                return string.Create(CultureInfo.InvariantCulture, $", next '{alternative.Name}' {alternative.Probability:0.00}");
            }
        }

        return "";
    }

    private static string FirstLine(string? text) => text?.Split('\n', 2)[0].Trim() ?? "";
}
