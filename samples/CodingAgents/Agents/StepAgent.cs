using System.Runtime.CompilerServices;
using ArchRouter;
using Microsoft.Agents.AI;
using Microsoft.Agents.AI.Workflows;
using Microsoft.Extensions.AI;

namespace CodingAgents;

/// <summary>
/// An Agent Framework agent each of whose runs is a step: it is asked what its role is asked at that turn, and what it did is noted. When
/// the steps are used up it says nothing more, so that the workflow around it comes to its end.
/// </summary>
internal sealed class StepAgent(AIAgent agent, AgentRole role, StepLog log) : DelegatingAIAgent(agent)
{
    public static StepAgent Create(AgentRole role, IChatClient client, IEnumerable<AIFunction> tools, StepLog log)
    {
        ChatClientAgentOptions options = new()
        {
            Id = role.Name,
            Name = role.Name,
            Description = role.Description,
            ChatOptions = new ChatOptions { Instructions = role.Instructions, Tools = [.. tools] }.WithAgentName(role.Name),
        };
        return new StepAgent(new ChatClientAgent(client, options), role, log);
    }

    protected override Task<AgentResponse> RunCoreAsync(
        IEnumerable<ChatMessage> messages, AgentSession? session = null, AgentRunOptions? options = null, CancellationToken cancellationToken = default) =>
        RunCoreStreamingAsync(messages, session, options, cancellationToken).ToAgentResponseAsync(cancellationToken);

    protected override async IAsyncEnumerable<AgentResponseUpdate> RunCoreStreamingAsync(
        IEnumerable<ChatMessage> messages,
        AgentSession? session = null,
        AgentRunOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (log.TryBegin(role) is not { } step)
        {
            yield break;
        }

        List<AgentResponseUpdate> updates = [];
        RoutingDecision? decision = null;
        // The request is the user's, unsigned, so that it is told from what other agents hand on.
        await foreach (AgentResponseUpdate update in InnerAgent
            .RunStreamingAsync([.. messages, new ChatMessage(ChatRole.User, step.Request)], session, options, cancellationToken))
        {
            // The later rounds of a tool loop only repeat the decision.
            decision ??= update.AsChatResponseUpdate().GetRoutingDecision();
            updates.Add(update);
            yield return update;
        }

        AgentResponse response = updates.ToAgentResponse();
        log.End(step, decision, TokenCount.Of(response.Usage), response.Messages.Select(WithoutHandoff));
    }

    /// <summary>A handoff is the workflow's own business and gets no result here; a history with a call that lacks one is refused by servers.</summary>
    private static ChatMessage WithoutHandoff(ChatMessage message)
    {
        if (!message.Contents.Any(IsHandoff))
        {
            return message;
        }

        ChatMessage rest = message.Clone();
        rest.Contents = [.. message.Contents.Where(content => !IsHandoff(content))];
        return rest;
    }

    private static bool IsHandoff(AIContent content) =>
        content is FunctionCallContent call && call.Name.StartsWith(HandoffWorkflowBuilder.FunctionPrefix, StringComparison.Ordinal);
}
