using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK;

/// <summary>
/// Receives the rendered history, has it routed, and passes the same history, kernel and token on to the target. Streaming and
/// non-streaming calls take the same path.
/// </summary>
internal sealed class RoutedChatCompletionService(PreferenceRouter router, IServiceProvider services, CallInfo call, ILogger logger) : IChatCompletionService
{
    public IReadOnlyDictionary<string, object?> Attributes { get; } = new Dictionary<string, object?>();

    public async Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chatHistory);
        IServiceProvider provider = kernel?.Services ?? services;
        RoutingDecision decision = await RouteAsync(chatHistory, executionSettings, kernel, provider, cancellationToken).ConfigureAwait(false);
        (IReadOnlyList<ChatMessageContent> messages, RouteTarget servedBy) = await Failover.CallAsync(decision, Ask, logger, cancellationToken).ConfigureAwait(false);
        decision = decision with { ServedBy = servedBy.ServiceId };
        foreach (ChatMessageContent message in messages)
        {
            message.Metadata = DecisionMetadata.Add(message.Metadata, decision);
        }

        return messages;

        Task<IReadOnlyList<ChatMessageContent>> Ask(RouteTarget target)
        {
            IChatCompletionService service = TargetResolver.Get(provider, target, decision);
            return service.GetChatMessageContentsAsync(chatHistory, SettingsProjection.For(target, service, executionSettings), kernel, cancellationToken);
        }
    }

    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(chatHistory);
        IServiceProvider provider = kernel?.Services ?? services;
        RoutingDecision decision = await RouteAsync(chatHistory, executionSettings, kernel, provider, cancellationToken).ConfigureAwait(false);
        bool first = true;
        await foreach ((StreamingChatMessageContent update, RouteTarget servedBy) in
            Failover.StreamAsync(decision, Ask, logger, cancellationToken).ConfigureAwait(false))
        {
            if (first)
            {
                update.Metadata = DecisionMetadata.Add(update.Metadata, decision with { ServedBy = servedBy.ServiceId });
                first = false;
            }

            yield return update;
        }

        IAsyncEnumerable<StreamingChatMessageContent> Ask(RouteTarget target)
        {
            IChatCompletionService service = TargetResolver.Get(provider, target, decision);
            return service.GetStreamingChatMessageContentsAsync(chatHistory, SettingsProjection.For(target, service, executionSettings), kernel, cancellationToken);
        }
    }

    private ValueTask<RoutingDecision> RouteAsync(
        ChatHistory history, PromptExecutionSettings? settings, Kernel? kernel, IServiceProvider provider, CancellationToken cancellationToken)
    {
        ConversationWindow conversation = ConversationWindow.Read<ChatMessageContent, ChatHistoryReader>(history, router.IsUserAuthor);
        RoutingHints hints = RequestHints.Of(call.Arguments, kernel);
        var context = new RouteContext
        {
            Conversation = conversation,
            Table = hints.Table,
            TableName = hints.TableName,
            ExplicitTarget = ExplicitTarget(settings, provider),
            FunctionName = call.FunctionName,
            PluginName = call.PluginName,
            AgentName = hints.AgentName ?? conversation.SystemAuthor ?? CallingAgent.FromActivity(),
            Needs = RequestNeeds.Of(settings, kernel),
        };
        return router.RouteAsync(context, cancellationToken);
    }

    /// <summary>Through the selector, a call that names its service never gets here; who calls this service directly may name one in the settings.</summary>
    private string? ExplicitTarget(PromptExecutionSettings? settings, IServiceProvider provider)
    {
        if (settings is null)
        {
            return null;
        }

        if (!RequestedSettings.IsDefault(settings.ServiceId))
        {
            return settings.ServiceId;
        }

        return string.IsNullOrEmpty(settings.ModelId) ? null : ModelIds.FindTarget(router.Tables, provider, settings.ModelId);
    }
}
