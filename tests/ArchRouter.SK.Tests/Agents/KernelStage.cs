using ArchRouter.TestDoubles;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK.Tests;

/// <summary>
/// Kernels whose targets are Semantic Kernel's real OpenAI connectors on a loopback server: policy "code" leads to strong and "prose" to
/// fast; agents named Reviewer or Lead may only match "prose".
/// </summary>
internal sealed class KernelStage(LoopbackOpenAI server) : IDisposable
{
    /// <summary>Names both policies: which one is picked depends on what the agent may match.</summary>
    public const string Request = "code and prose";

    private static readonly string[] Targets = ["strong", "fast", "spare"];
    // What is left of a cancelled answer is not waited for.
    private readonly HttpClient _http = new(new SocketsHttpHandler { ResponseDrainTimeout = TimeSpan.Zero });

    public ScriptedRouterEngine Engine { get; init; } = ScriptedRouterEngine.ByMention();

    public Action<RouterOptions> Options { get; init; } = _ => { };

    public Action<ArchRouterBuilder> Configure { get; init; } = _ => { };

    /// <summary>Whether the targets are chat clients rather than chat services.</summary>
    public bool Clients { get; init; }

    public Kernel Build(Action<IKernelBuilder>? add = null)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        foreach (string target in Targets)
        {
            _ = Clients
                ? builder.AddOpenAIChatClient(target, server.Endpoint, "key", serviceId: target, httpClient: _http)
                : builder.AddOpenAIChatCompletion(target, server.Endpoint, "key", serviceId: target, httpClient: _http);
        }

        builder.AddArchRouterSelector(Table, router => Configure(router.UseEngine(Engine).Configure(Options)));
        add?.Invoke(builder);
        return builder.Build();
    }

    /// <summary>An agent with a kernel of its own that calls these functions by itself.</summary>
    public KernelAgent Agent(string name, params IReadOnlyList<KernelFunction> tools)
    {
        Kernel kernel = Build();
        if (tools.Count == 0)
        {
            return new KernelAgent(name, kernel);
        }

        kernel.Plugins.AddFromFunctions("tools", tools);
        return new KernelAgent(name, kernel, new KernelArguments(Automatic));
    }

    public static PromptExecutionSettings Automatic => new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    public void Dispose() => _http.Dispose();

    private static void Table(RouteTableBuilder table) => table
        .Route("code", "Writing code", to: "strong")
        .Route("prose", "Writing prose", to: "fast")
        .Agent("Reviewer", allow: ["prose"])
        .Agent("lead", allow: ["Prose"])
        .Fallback("spare");
}
