using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using FunctionCallContent = Microsoft.Extensions.AI.FunctionCallContent;
using FunctionResultContent = Microsoft.Extensions.AI.FunctionResultContent;

namespace ArchRouter.SK.Tests;

/// <summary>Semantic Kernel's own function-invoking client, which takes kernel functions only, as a target of a routed chat client.</summary>
public sealed class KernelInvokingTargetTests
{
    private readonly TimeoutException _error = new("too slow");
    private readonly TestChatClient _strong = TestChatClient.Saying("strong");
    private int _sent;

    public static TheoryData<bool, bool> StreamingAndNested => new() { { false, false }, { true, false }, { false, true }, { true, true } };

    [Theory]
    [MemberData(nameof(StreamingAndNested))]
    public async Task KernelFunction_IsRun(bool streaming, bool nested)
    {
        (string text, _) = await AskAsync(Target("sent"), streaming, nested);

        Assert.Equal(("sent", 1), (text, _sent));
    }

    [Theory]
    [MemberData(nameof(StreamingAndNested))]
    public async Task KernelFunction_ThatRan_IsNotRunAgain(bool streaming, bool nested)
    {
        Assert.Same(_error, await Assert.ThrowsAsync<TimeoutException>(() => AskAsync(Target(text: null), streaming, nested)));

        Assert.Equal((1, 0), (_sent, _strong.Calls.Count));
    }

    [Theory]
    [MemberData(nameof(StreamingAndNested))]
    public async Task FailureOfARequestWithoutTools_IsTakenOver(bool streaming, bool nested)
    {
        IChatClient failing = new ChatClientBuilder(TestChatClient.Failing(_error)).UseKernelFunctionInvocation().Build();

        (string text, _) = await AskAsync(failing, streaming, nested, new PromptExecutionSettings());

        Assert.Equal("strong", text);
    }

    /// <summary>A target that calls the request's only tool and, once it ran, answers with a text or fails.</summary>
    private IChatClient Target(string? text) => new ChatClientBuilder(TestChatClient.Answering(call =>
        !call.Messages.Any(m => m.Contents.Any(c => c is FunctionResultContent)) ? new FunctionCallContent("1", call.Options!.Tools!.Single().Name)
        : text is null ? throw _error
        : new Microsoft.Extensions.AI.TextContent(text))).UseKernelFunctionInvocation().Build();

    private async Task<(string Text, RoutingDecision? Decision)> AskAsync(IChatClient fast, bool streaming, bool nested, PromptExecutionSettings? settings = null)
    {
        await using ServiceProvider outer = Router(TestKernel.DefaultRoutes);
        await using ServiceProvider inner = Router(routes => routes.Fallback("fast"));
        using RoutedChatClient only = Routed(inner, fast);
        using RoutedChatClient client = Routed(outer, nested ? only : fast);
        Kernel kernel = new();
        kernel.Plugins.Add(KernelPluginFactory.CreateFromFunctions("mail", [KernelFunctionFactory.CreateFromMethod(() => ++_sent, "send")]));
        settings ??= new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

        return await Ask.ServiceAsync(client.AsChatCompletionService(), [new(AuthorRole.User, "a mail to Bob")], streaming, settings, kernel);
    }

    private RoutedChatClient Routed(ServiceProvider services, IChatClient fast) =>
        new(services.GetRequiredService<PreferenceRouter>(), id => id == "fast" ? fast : _strong);

    private static ServiceProvider Router(Action<RouteTableBuilder> routes)
    {
        ServiceCollection services = new();
        services.AddArchRouter(routes).UseEngine(ScriptedRouterEngine.ByMention());
        return services.BuildServiceProvider();
    }
}
