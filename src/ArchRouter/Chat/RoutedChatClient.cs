using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ArchRouter;

/// <summary>A chat client that has each request answered by the target whose route policy fits the conversation.</summary>
/// <remarks>
/// <para>
/// One decision is made per request, before the first update of a streamed answer. It comes with the answer: see
/// <c>GetRoutingDecision()</c> on <see cref="ChatResponse"/> and <see cref="ChatResponseUpdate"/>. A routing failure never fails the
/// request; see <see cref="PreferenceRouter"/>.
/// </para>
/// <para>
/// Messages are enumerated once and forwarded as they are. Options are cloned once, so that neither the caller's instance nor its
/// <see cref="ChatOptions.ModelId"/> reaches a target: a model name is only right for one of them. A model id that is the service id of
/// one of the table's targets, or the default model id of such a target's client, chooses that target
/// (<see cref="RoutingOutcome.Explicit"/>); any other is ignored. <see cref="RouteTarget.Settings"/> fill in what the request leaves open.
/// </para>
/// <para>
/// A failure of a target surfaces as it is, unless it is one of the service rather than of the request (throttling, server errors,
/// time-outs, lost connections), no update was given yet, no tool ran inside the target, and the route has another target, which then
/// takes over. Sometimes it cannot be known whether a tool ran, so the failure surfaces: where a target's function-invoking client has
/// <c>AdditionalTools</c> of its own, or is of a type of its own, as Semantic Kernel's is, and the request brings functions. Cancellation
/// is never a failure.
/// </para>
/// <para>
/// Thread-safe. When it sits inside a function-invoking client, the iterations of a tool loop keep the decision of their user turn
/// (<see cref="RoutingOutcome.Pinned"/>).
/// </para>
/// <para>
/// Where a service keeps the history itself (<see cref="ChatOptions.ConversationId"/>), a request without a user's message stays with the
/// target that holds the conversation; clients over the same router share what they know of it. A new user message is routed as ever and the id is forwarded, so such targets should share a service.
/// </para>
/// </remarks>
public sealed class RoutedChatClient : IChatClient
{
    // No model id: wrappers read the metadata once, and no single target's model answers for all requests.
    private static readonly ChatClientMetadata Metadata = new("archrouter");

    private readonly PreferenceRouter _router;
    private readonly TargetClients _targets;
    private readonly ILogger _logger;
    private readonly ChatCaller? _caller;

    /// <summary>Makes a client that finds its targets by a callback.</summary>
    /// <param name="router">Decides.</param>
    /// <param name="resolveTarget">
    /// Gives the client of a service id, or <see langword="null"/> if there is none. Asked again on every request, by many threads at
    /// once; what it returns is never disposed here.
    /// </param>
    /// <param name="logger">Where failovers are logged.</param>
    public RoutedChatClient(PreferenceRouter router, Func<string, IChatClient?> resolveTarget, ILogger<RoutedChatClient>? logger = null)
        : this(router, new TargetClients(resolveTarget ?? throw new ArgumentNullException(nameof(resolveTarget)), []), logger)
    {
    }

    /// <summary>Makes a client over given targets.</summary>
    /// <param name="router">Decides.</param>
    /// <param name="targets">The client of each service id; copied.</param>
    /// <param name="leaveOpen">Whether the targets stay the caller's to dispose. Default: they are disposed with this client.</param>
    /// <param name="logger">Where failovers are logged.</param>
    public RoutedChatClient(
        PreferenceRouter router, IReadOnlyDictionary<string, IChatClient> targets, bool leaveOpen = false, ILogger<RoutedChatClient>? logger = null)
        : this(router, TargetClients.Of(targets, leaveOpen), logger)
    {
    }

    /// <summary>Makes the client of one call, for an adapter that knows its caller.</summary>
    internal RoutedChatClient(PreferenceRouter router, Func<string, IChatClient?> resolveTarget, ChatCaller caller, ILogger logger)
        : this(router, new TargetClients(resolveTarget, []), logger) => _caller = caller;

    private RoutedChatClient(PreferenceRouter router, TargetClients targets, ILogger? logger)
    {
        ArgumentNullException.ThrowIfNull(router);
        _router = router;
        _targets = targets;
        _logger = logger ?? NullLogger<RoutedChatClient>.Instance;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentNullException"><paramref name="messages"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The chosen target has no client, or it is this router again.</exception>
    /// <exception cref="RoutingFailedException">Routing failed and <see cref="RouterOptions.Strict"/> is on.</exception>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return AnswerAsync(messages, options, cancellationToken);
    }

    /// <inheritdoc/>
    /// <remarks>Each enumeration of the result is a request of its own, decided when its first update is asked for.</remarks>
    /// <exception cref="ArgumentNullException"><paramref name="messages"/> is null.</exception>
    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return StreamAsync(messages, options, cancellationToken);
    }

    /// <summary>Decides and gives the client of the chosen target, for use with a router that makes the call itself.</summary>
    /// <remarks>
    /// It returns the target's client itself, so the call through it knows no failover, and its options are neither freed of hints and
    /// model id nor filled from <see cref="RouteTarget.Settings"/>. What it answers is not seen here either: where a service keeps the history
    /// itself, the tool results that follow are routed like a request without a user's message. Fits <c>RoutingChatClient.Create</c> of Microsoft.Extensions.AI:
    /// <code>RoutingChatClient.Create((context, token) => routed.SelectClientAsync(context.Messages, context.ChatOptions, token))</code>
    /// </remarks>
    /// <param name="messages">The conversation.</param>
    /// <param name="options">The request's options, or <see langword="null"/>; not changed.</param>
    /// <param name="cancellationToken">The caller's token.</param>
    /// <exception cref="ArgumentNullException"><paramref name="messages"/> is null.</exception>
    /// <exception cref="InvalidOperationException">The chosen target has no client, or it is this router again.</exception>
    /// <exception cref="RoutingFailedException">Routing failed and <see cref="RouterOptions.Strict"/> is on.</exception>
    public ValueTask<IChatClient> SelectClientAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return SelectAsync(messages, options, cancellationToken);
    }

    /// <inheritdoc/>
    /// <returns>
    /// This client for its own types, the <see cref="PreferenceRouter"/>, or a <see cref="ChatClientMetadata"/> without a model id;
    /// <see langword="null"/> for anything else and for every keyed request.
    /// </returns>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is not null ? null
            : serviceType.IsInstanceOfType(this) ? this
            : serviceType == typeof(PreferenceRouter) ? _router
            : serviceType == typeof(ChatClientMetadata) ? Metadata
            : null;
    }

    /// <summary>Disposes the targets that this client owns: those given in a dictionary without <c>leaveOpen</c>. Others are left alone.</summary>
    public void Dispose() => _targets.Dispose();

    private async Task<ChatResponse> AnswerAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        RoutedRequest request = await RouteAsync(messages, options, cancellationToken).ConfigureAwait(false);
        using var call = RoutedCall.Begin();
        (ChatResponse response, RouteTarget servedBy) = await Failover.CallAsync(
            request.Decision,
            target =>
            {
                IChatClient client = Find(request, target);
                return client.GetResponseAsync(request.Messages, OptionsFor(request, target, client), cancellationToken);
            },
            mayMoveOn: () => !call.ToolRan,
            _logger,
            cancellationToken).ConfigureAwait(false);
        _ = response ?? throw TargetClients.ReturnedNull(servedBy);
        Served(request, servedBy, response.ConversationId);
        response.AdditionalProperties = request.SignedBy(servedBy, response.AdditionalProperties);
        if (_caller is not null && response.Messages.Count > 0)
        {
            // Adapters hand on messages, not responses.
            ChatMessage last = response.Messages[^1];
            last.AdditionalProperties = request.SignedBy(servedBy, last.AdditionalProperties);
        }

        return response;
    }

    private async IAsyncEnumerable<ChatResponseUpdate> StreamAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        RoutedRequest request = await RouteAsync(messages, options, cancellationToken).ConfigureAwait(false);
        using var call = RoutedCall.Begin();
        IAsyncEnumerable<(ChatResponseUpdate Update, RouteTarget ServedBy)> updates = Failover.StreamAsync(
            request.Decision,
            target =>
            {
                IChatClient client = Find(request, target);
                return client.GetStreamingResponseAsync(request.Messages, OptionsFor(request, target, client), cancellationToken)
                    ?? throw TargetClients.ReturnedNull(target);
            },
            mayMoveOn: () => !call.ToolRan,
            _logger,
            cancellationToken);
        bool first = true;
        string? conversationId = null;
        await foreach ((ChatResponseUpdate update, RouteTarget servedBy) in updates.ConfigureAwait(false))
        {
            if (first)
            {
                Served(request, servedBy, conversationId: null);
                update.AdditionalProperties = request.SignedBy(servedBy, update.AdditionalProperties);
                first = false;
            }

            if (update.ConversationId is { } id && id != conversationId)
            {
                _router.Conversations.Remember(conversationId = id, request.Decision, servedBy);
            }

            yield return update;
        }
    }

    private async ValueTask<IChatClient> SelectAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        RoutedRequest request = await RouteAsync(messages, options, cancellationToken).ConfigureAwait(false);
        return Find(request, request.Decision.Target);
    }

    private async ValueTask<RoutedRequest> RouteAsync(IEnumerable<ChatMessage> messages, ChatOptions? options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        IReadOnlyList<ChatMessage> list = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        var forwarded = new ForwardedOptions(options);
        RouteContext context = ChatRouteContext.Of(list, options, _router, _targets, _caller);
        RoutingDecision decision = await _router.RouteAsync(context, cancellationToken).ConfigureAwait(false);
        return new RoutedRequest(list, forwarded, decision, context);
    }

    private IChatClient Find(RoutedRequest request, RouteTarget target)
    {
        IChatClient client = _targets.Find(request.Decision, target, _router);

        // Where no other target may take over here, one may around this call.
        if (TargetTools.MayRunUnseen(client))
        {
            RoutedCall.NoteTool();
        }

        return client;
    }

    private ChatOptions? OptionsFor(RoutedRequest request, RouteTarget target, IChatClient client)
    {
        return request.Options.For(target, Tools);

        IList<AITool> Tools(IList<AITool> tools)
        {
            // An adapter notes the tools itself.
            if (_caller is not null)
            {
                return tools;
            }

            if (!TargetTools.HasInvokerOfItsOwn(client))
            {
                return request.Decision.Targets.Count > 1 ? NotedFunction.Note(tools) : tools;
            }

            if (TargetTools.AnyRuns(tools))
            {
                RoutedCall.NoteTool();
            }

            return NotedFunction.Unnoted(tools);
        }
    }

    private void Served(RoutedRequest request, RouteTarget servedBy, string? conversationId)
    {
        _router.Served(request.Context, request.Decision, servedBy);
        _router.Conversations.Remember(conversationId, request.Decision, servedBy);
    }
}
