using ArchRouter.Onnx;
using Microsoft.Extensions.AI;

namespace ArchRouter.Benchmarks.Accuracy;

/// <summary>MEAI's own SemanticRoutingChatClient with its default threshold, on the same encoder: one profile per policy, its name and description.</summary>
internal sealed class SemanticRoutingDecider(EncoderRouterEngine engine) : IDecider
{
    private readonly CachedEmbeddings _embeddings = new(engine);

    public string Name => "MEAI SemanticRoutingChatClient, same encoder";

    public CaseAnswer Decide(RoutingCase routingCase)
    {
        Dictionary<IChatClient, IReadOnlyList<string>> profiles = routingCase.Routes.ToDictionary(
            r => (IChatClient)new AnsweringClient(r.Name), r => (IReadOnlyList<string>)[$"{r.Name}: {r.Description}"]);
        ChatMessage[] messages = [.. routingCase.Messages.Select(m => new ChatMessage(new ChatRole(m.Role), m.Content))];
        return new(Ask(profiles, messages, threshold: 0.3f), Ask(profiles, messages, threshold: -1), Probability: null);
    }

    private string Ask(Dictionary<IChatClient, IReadOnlyList<string>> profiles, ChatMessage[] messages, float threshold)
    {
        using SemanticRoutingChatClient router = new(_embeddings, profiles, new AnsweringClient(RoutePolicy.Other), threshold, leaveOpen: true);
        return router.GetResponseAsync(messages).GetAwaiter().GetResult().Text;
    }

    /// <summary>Policies recur from case to case; their vectors are computed once.</summary>
    private sealed class CachedEmbeddings(EncoderRouterEngine engine) : IEmbeddingGenerator<string, Embedding<float>>
    {
        private readonly Dictionary<string, ReadOnlyMemory<float>> _known = [];

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(v => new Embedding<float>(Embed(v)))));

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }

        private ReadOnlyMemory<float> Embed(string text) =>
            _known.TryGetValue(text, out ReadOnlyMemory<float> known) ? known : _known[text] = engine.Embed(text);
    }

    private sealed class AnsweringClient(string answer) : IChatClient
    {
        public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, answer)));

        public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
            new ChatResponse(new ChatMessage(ChatRole.Assistant, answer)).ToChatResponseUpdates().ToAsyncEnumerable();

        public object? GetService(Type serviceType, object? serviceKey = null) => null;

        public void Dispose()
        {
        }
    }
}
