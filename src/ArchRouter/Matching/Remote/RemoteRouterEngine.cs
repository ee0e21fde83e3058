using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>
/// A router model behind any chat client: vLLM, SGLang, llama.cpp, Ollama and other servers. It is asked with the prompt of Arch-Router's model
/// card, and its answer is always one of the declared names or <c>other</c>.
/// </summary>
/// <remarks>
/// <para>Thread-safe if the client is. Connections, retries and network time-outs are the client's; a deadline is the caller's token.</para>
/// <para>
/// Probabilities: where <see cref="RemoteRouterOptions.LogProbabilities"/> gives the answer's tokens, the name has the product of its tokens'
/// probabilities, names that the server's alternatives lead to have theirs, and what nothing accounts for is spread evenly over the names not
/// given. Otherwise the name has <see cref="AssumedProbability"/> and the rest is spread in the same way. An answer that cannot be read as a
/// declared name counts as <c>other</c>. These are scores, not calibrated confidences.
/// </para>
/// </remarks>
public sealed class RemoteRouterEngine : IRouterEngine, IDisposable
{
    /// <summary>The probability of an answer that comes without log-probabilities.</summary>
    public const double AssumedProbability = 0.9;

    private const int RememberedTables = 64;
    private readonly IChatClient _client;
    private readonly RemoteRouterOptions _options;
    private readonly bool _leaveOpen;
    private readonly string _engineId;
    private readonly RequestGate _gate;
    private readonly BoundedCache<string, RemoteTable> _tables = new(RememberedTables);
    private bool _schemaRefused;
    private bool _disposed;

    /// <summary>Makes an engine.</summary>
    /// <param name="client">Talks to the server. It must not be one that routes itself.</param>
    /// <param name="options">How to ask; copied. <see langword="null"/> means the defaults.</param>
    /// <param name="leaveOpen">Whether the client stays yours to dispose. Default: false, it is disposed with the engine.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public RemoteRouterEngine(IChatClient client, RemoteRouterOptions? options = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _options = (options ?? new RemoteRouterOptions()).CheckedCopy();
        _leaveOpen = leaveOpen;
        _engineId = FirstOf(_options.EngineId, client.GetService<ChatClientMetadata>()?.DefaultModelId, "remote");
        _gate = new RequestGate(_options.MaxConcurrency, _options.MaxQueue);
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The engine was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    public async ValueTask<PolicyScores> ScoreAsync(RouterRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
        cancellationToken.ThrowIfCancellationRequested();
        return await _gate.RunAsync(token => AskAsync(request, token), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Disposes the client, unless it stays the maker's.</summary>
    public void Dispose()
    {
        if (!Interlocked.Exchange(ref _disposed, true) && !_leaveOpen)
        {
            _client.Dispose();
        }
    }

    private async Task<PolicyScores> AskAsync(RouterRequest request, CancellationToken cancellationToken)
    {
        if (!_tables.TryGet(request.Policies.Version, out RemoteTable? table))
        {
            table = new RemoteTable(request.Policies);
            _tables.Set(request.Policies.Version, table);
        }

        string prompt = RouterPrompt.Complete(table.Prefix, request.Conversation, _options);
        ChatResponse response = await SendAsync(prompt, table, cancellationToken).ConfigureAwait(false);
        string text = response.Text;
        return AnswerProbabilities.Of(
            RouteAnswer.Read(text, request.Policies), text, _options.LogProbabilities?.Invoke(response), request.Policies, _engineId);
    }

    private async Task<ChatResponse> SendAsync(string prompt, RemoteTable table, CancellationToken cancellationToken)
    {
        if (_options.Structured == StructuredAnswers.Never || Volatile.Read(ref _schemaRefused))
        {
            return await SendAsync(prompt, Options(table, structured: false), cancellationToken).ConfigureAwait(false);
        }

        try
        {
            return await SendAsync(prompt, Options(table, structured: true), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (
            _options.Structured == StructuredAnswers.Auto && !cancellationToken.IsCancellationRequested && SchemaRefusal.MayBe(error))
        {
            ChatResponse plain = await SendAsync(prompt, Options(table, structured: false), cancellationToken).ConfigureAwait(false);

            // Only now is it known that the schema was to blame, not the request.
            Volatile.Write(ref _schemaRefused, true);
            return plain;
        }
    }

    private Task<ChatResponse> SendAsync(string prompt, ChatOptions options, CancellationToken cancellationToken) =>
        _client.GetResponseAsync([new ChatMessage(ChatRole.User, prompt)], options, cancellationToken);

    private ChatOptions Options(RemoteTable table, bool structured)
    {
        var options = new ChatOptions
        {
            Temperature = 0,
            MaxOutputTokens = table.MaxOutputTokens,
            ResponseFormat = structured ? table.Schema : null,
            StopSequences = structured || table.StopSequence is not { } stop ? null : [stop],
        };
        _options.ConfigureRequest?.Invoke(options);
        return options;
    }

    private static string FirstOf(params ReadOnlySpan<string?> candidates)
    {
        foreach (string? candidate in candidates)
        {
            if (!string.IsNullOrWhiteSpace(candidate))
            {
                return candidate;
            }
        }

        return "";
    }
}
