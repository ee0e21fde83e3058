using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.Benchmarks;

/// <summary>What the layers cost around an engine and targets that answer at once: a call to the target itself, and the same call routed.</summary>
[MemoryDiagnoser]
public class LayerBenchmarks
{
    private readonly ChatHistory _history = [];
    private IChatCompletionService _target = null!;
    private IChatCompletionService _routed = null!;
    private PreferenceRouter _router = null!;
    private RouteContext _context = null!;
    private Kernel _plain = null!;
    private Kernel _kernel = null!;

    /// <summary>Builds the kernels.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _history.AddUserMessage(Policies.Request);
        _context = Policies.Context();
        _router = new PreferenceRouter(new RouteTables(Policies.Table(10)), new InstantEngine());
        IKernelBuilder builder = WithTargets();
        builder.AddArchRouterSelector(
            routes =>
            {
                foreach (RoutePolicy policy in Policies.Take(10))
                {
                    routes.Route(policy.Name, policy.Description, to: "strong");
                }

                routes.Fallback("fast");
            },
            router => router.UseEngine(new InstantEngine()));
        _kernel = builder.Build();
        _plain = WithTargets().Build();
        _routed = _kernel.GetRequiredService<IChatCompletionService>();
        _target = _plain.GetRequiredService<IChatCompletionService>("strong");
    }

    /// <summary>The target without a router.</summary>
    [Benchmark(Baseline = true, Description = "target called directly")]
    public Task<IReadOnlyList<ChatMessageContent>> Direct() => _target.GetChatMessageContentsAsync(_history);

    /// <summary>A decision of the core alone.</summary>
    [Benchmark(Description = "PreferenceRouter.RouteAsync")]
    public async Task<RoutingDecision> Core() => await _router.RouteAsync(_context);

    /// <summary>The routed service: core and Semantic Kernel layer.</summary>
    [Benchmark(Description = "routed chat completion service")]
    public Task<IReadOnlyList<ChatMessageContent>> Routed() => _routed.GetChatMessageContentsAsync(_history);

    /// <summary>A whole prompt function without a router.</summary>
    [Benchmark(Description = "InvokePromptAsync without router")]
    public Task<FunctionResult> PlainPrompt() => _plain.InvokePromptAsync("hello");

    /// <summary>A whole prompt function with the router.</summary>
    [Benchmark(Description = "InvokePromptAsync routed")]
    public Task<FunctionResult> RoutedPrompt() => _kernel.InvokePromptAsync("hello");

    private static IKernelBuilder WithTargets()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatCompletionService>("fast", new SilentChatService());
        builder.Services.AddKeyedSingleton<IChatCompletionService>("strong", new SilentChatService());
        return builder;
    }
}
