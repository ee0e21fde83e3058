using ArchRouter.Onnx;
using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.AI;

namespace ArchRouter.Benchmarks;

/// <summary>A warm decision on a one-sentence request: ours, MEAI's router on the same encoder, and a keyword router.</summary>
[MemoryDiagnoser]
public class DecisionBenchmarks
{
    private readonly ChatMessage[] _messages = [new(ChatRole.User, Policies.Request)];
    private EncoderRouterEngine _engine = null!;
    private PreferenceRouter _router = null!;
    private PreferenceRouter _keywords = null!;
    private RoutedChatClient _routed = null!;
    private SemanticRoutingChatClient _semantic = null!;
    private RouteContext _context = null!;

    /// <summary>How many policies there are.</summary>
    [Params(10, 150)]
    public int PolicyCount { get; set; }

    /// <summary>Loads the model and compiles the policies.</summary>
    [GlobalSetup]
    public async Task SetupAsync()
    {
        RouteTables tables = new(Policies.Table(PolicyCount));
        _engine = EncoderRouterEngine.LoadBundled();
        _router = new PreferenceRouter(tables, _engine, new RouterOptions { Deadline = Timeout.InfiniteTimeSpan });
        _keywords = new PreferenceRouter(tables, new KeywordRouterEngine());
        _context = Policies.Context();
        _routed = new RoutedChatClient(_router, _ => new SilentChatClient());
        Dictionary<IChatClient, IReadOnlyList<string>> profiles = Policies.Take(PolicyCount)
            .ToDictionary(p => (IChatClient)new SilentChatClient(), p => (IReadOnlyList<string>)[$"{p.Name}: {p.Description}"]);
        _semantic = new SemanticRoutingChatClient(new EncoderEmbeddings(_engine), profiles, new SilentChatClient());
        await _router.WarmUpAsync();
        await _semantic.GetResponseAsync(_messages);
    }

    /// <summary>Releases the model.</summary>
    [GlobalCleanup]
    public void Cleanup() => _engine.Dispose();

    /// <summary>MEAI's router over a target that answers at once.</summary>
    [Benchmark(Baseline = true, Description = "MEAI SemanticRoutingChatClient, same encoder")]
    public Task<ChatResponse> Semantic() => _semantic.GetResponseAsync(_messages);

    /// <summary>Ours over a target that answers at once.</summary>
    [Benchmark(Description = "RoutedChatClient, encoder")]
    public Task<ChatResponse> Routed() => _routed.GetResponseAsync(_messages);

    /// <summary>The decision alone.</summary>
    [Benchmark(Description = "PreferenceRouter, encoder")]
    public async Task<RoutingDecision> Decision() => await _router.RouteAsync(_context);

    /// <summary>Words in common.</summary>
    [Benchmark(Description = "PreferenceRouter, keyword engine")]
    public async Task<RoutingDecision> Keywords() => await _keywords.RouteAsync(_context);
}
