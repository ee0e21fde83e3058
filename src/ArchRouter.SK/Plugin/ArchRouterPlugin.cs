using System.ComponentModel;
using System.Globalization;
using System.Text;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>Kernel functions that ask the router without calling a model: for prompts, planners and people who want to know why.</summary>
internal sealed class ArchRouterPlugin(PreferenceRouter router)
{
    public const string Name = "archrouter";

    [KernelFunction("route")]
    [Description("Says which route policy and which chat model fit a request, without sending it to any model.")]
    public async Task<RouteAnswer> RouteAsync(
        [Description("The user's request.")] string request, CancellationToken cancellationToken = default)
    {
        RoutingDecision decision = await DecideAsync(request, cancellationToken).ConfigureAwait(false);
        return new RouteAnswer(decision.Policy ?? RoutePolicy.Other, decision.Target.ServiceId, decision.Outcome.ToString(), decision.Probability, decision.Reason);
    }

    [KernelFunction("explain")]
    [Description("Explains which route policy fits a request and how probable the others are.")]
    public async Task<string> ExplainAsync(
        [Description("The user's request.")] string request, CancellationToken cancellationToken = default)
    {
        RoutingDecision decision = await DecideAsync(request, cancellationToken).ConfigureAwait(false);
        StringBuilder text = new StringBuilder().AppendLine(decision.Reason);
        foreach (PolicyProbability alternative in decision.Alternatives)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"{alternative.Probability,6:0.000}  {alternative.Name}");
        }

        return text.ToString();
    }

    private ValueTask<RoutingDecision> DecideAsync(string request, CancellationToken cancellationToken) => router.RouteAsync(
        new RouteContext { Conversation = new ConversationWindow([new(ConversationRole.User, request)]) }, cancellationToken);

    /// <summary>What <c>route</c> answers; Semantic Kernel hands it to a model as JSON.</summary>
    internal sealed record RouteAnswer(string Policy, string Target, string Outcome, double? Probability, string Reason);
}
