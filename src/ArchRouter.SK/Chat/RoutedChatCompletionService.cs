using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK;

/// <summary>
/// Receives the rendered history, has it routed, and passes the same history, kernel and token on to the target. Streaming and
/// non-streaming calls take the same path.
/// </summary>
internal sealed class RoutedChatCompletionService(
    PreferenceRouter router, IServiceProvider services, CallInfo call, PortableSettings portable, ILogger logger) : IChatCompletionService
{
    private static readonly Dictionary<string, object?> NoAttributes = [];

    public IReadOnlyDictionary<string, object?> Attributes => NoAttributes;

    public async Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chatHistory);
        RouteContext context = Read(chatHistory, executionSettings, kernel);
        RoutingDecision decision = await router.RouteAsync(context, cancellationToken).ConfigureAwait(false);
        using var routed = RoutedCall.Begin();
        Func<bool> mayMoveOn = MayMoveOn(routed, chatHistory);
        (IReadOnlyList<ChatMessageContent> messages, RouteTarget servedBy) = await Failover.CallAsync(decision, Ask, mayMoveOn, logger, cancellationToken).ConfigureAwait(false);
        decision = Served(context, decision, servedBy);
        foreach (ChatMessageContent message in messages)
        {
            message.Metadata = DecisionMetadata.Add(message.Metadata, decision);
        }

        return messages;

        Task<IReadOnlyList<ChatMessageContent>> Ask(RouteTarget target)
        {
            IChatCompletionService service = TargetResolver.Get(kernel, services, target, decision);
            return service.GetChatMessageContentsAsync(chatHistory, SettingsFor(target, service, executionSettings, kernel), kernel, cancellationToken);
        }
    }

    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chatHistory);
        RouteContext context = Read(chatHistory, executionSettings, kernel);
        RoutingDecision decision = await router.RouteAsync(context, cancellationToken).ConfigureAwait(false);
        using var routed = RoutedCall.Begin();
        Func<bool> mayMoveOn = MayMoveOn(routed, chatHistory);
        bool first = true;
        await foreach ((StreamingChatMessageContent update, RouteTarget servedBy) in
            Failover.StreamAsync(decision, Ask, mayMoveOn, logger, cancellationToken).ConfigureAwait(false))
        {
            if (first)
            {
                update.Metadata = DecisionMetadata.Add(update.Metadata, Served(context, decision, servedBy));
                first = false;
            }

            yield return update;
        }

        IAsyncEnumerable<StreamingChatMessageContent> Ask(RouteTarget target)
        {
            IChatCompletionService service = TargetResolver.Get(kernel, services, target, decision);
            return service.GetStreamingChatMessageContentsAsync(chatHistory, SettingsFor(target, service, executionSettings, kernel), kernel, cancellationToken);
        }
    }

    /// <summary>After a tool ran, another target may take over only if the history tells it so; otherwise it would run the tool again.</summary>
    private static Func<bool> MayMoveOn(RoutedCall routed, ChatHistory history)
    {
        int count = history.Count;
        return () =>
        {
            bool told = !routed.ToolRan || history.Count > count;

            // What the next target runs is judged by what it tells itself.
            routed.ToolRan = false;
            count = history.Count;
            return told;
        };
    }

    private PromptExecutionSettings? SettingsFor(RouteTarget target, IChatCompletionService service, PromptExecutionSettings? requested, Kernel? kernel) =>
        SettingsProjection.For(target, service, portable.For(target, service, requested, kernel));

    private RoutingDecision Served(RouteContext context, RoutingDecision decision, RouteTarget servedBy)
    {
        router.Served(context, decision, servedBy);
        return decision with { ServedBy = servedBy.ServiceId };
    }

    private RouteContext Read(ChatHistory history, PromptExecutionSettings? settings, Kernel? kernel)
    {
        ConversationWindow conversation = ConversationWindow.Read<ChatMessageContent, ChatHistoryReader>(
            history, router.IsUserAuthor ?? ChatHistoryReader.EveryAuthorIsUser);
        RoutingHints hints = RequestHints.Of(call.Arguments, kernel);
        return new RouteContext
        {
            Conversation = conversation,
            Table = hints.Table,
            TableName = hints.TableName,
            ExplicitTarget = ExplicitTarget(settings, hints.TableOf(router.Tables), kernel?.Services ?? services),
            FunctionName = call.FunctionName,
            PluginName = call.PluginName,
            AgentName = hints.AgentName ?? conversation.SystemAuthor ?? CallingAgent.Find(router),
            Allowed = hints.Allowed,
            Needs = RequestNeeds.Of(settings, kernel),
        };
    }

    /// <summary>Through the selector, a call that names its service never gets here; who calls this service directly may name one in the settings.</summary>
    private static string? ExplicitTarget(PromptExecutionSettings? settings, RouteTable table, IServiceProvider provider)
    {
        if (settings is null)
        {
            return null;
        }

        if (!RequestedSettings.IsDefault(settings.ServiceId))
        {
            return settings.ServiceId;
        }

        return string.IsNullOrEmpty(settings.ModelId) ? null : ModelIds.FindTarget(table, provider, settings.ModelId);
    }
}
