using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>Reads what a decision may depend on from a chat request.</summary>
internal static class ChatRouteContext
{
    public static RouteContext Of(
        IReadOnlyList<ChatMessage> messages,
        ChatOptions? options,
        PreferenceRouter router,
        TargetClients targets,
        ChatCaller? caller)
    {
        RoutingHints hints = RoutingHints.Of(options).Under(caller?.Hints ?? default);
        ConversationWindow conversation = ConversationWindow.FromMessages(messages, router.IsUserAuthor ?? caller?.IsUserAuthor);
        return new RouteContext
        {
            Conversation = conversation,
            Table = hints.Table,
            TableName = hints.TableName,
            ExplicitTarget = ModelChoice.Find(options?.ModelId, hints.TableOf(router.Tables), targets),
            FunctionName = caller?.FunctionName,
            PluginName = caller?.PluginName,
            AgentName = hints.AgentName ?? conversation.SystemAuthor ?? CallingAgent.Find(router),
            Allowed = hints.Allowed,
            Instructions = options?.Instructions,
            Needs = NeedsOf(options),
            Kept = router.Conversations.Find(conversation, options),
        };
    }

    private static TargetCapabilities NeedsOf(ChatOptions? options)
    {
        TargetCapabilities needs = TargetCapabilities.None;
        if (options?.Tools is { Count: > 0 })
        {
            needs |= TargetCapabilities.Tools;
        }

        if (options?.ResponseFormat is ChatResponseFormatJson { Schema: not null })
        {
            needs |= TargetCapabilities.StructuredOutput;
        }

        return needs;
    }
}
