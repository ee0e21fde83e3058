using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using FunctionCallContent = Microsoft.Extensions.AI.FunctionCallContent;

namespace ArchRouter.SK.Tests;

/// <summary>Chat clients as targets that run tools without Semantic Kernel's filters: a tool that ran is not run again by another target.</summary>
public sealed class ToolRunTests
{
    private readonly TimeoutException _error = new("too slow");
    private readonly RecordingChatService _strongService = new("strong");
    private readonly TestChatClient _strongClient = TestChatClient.Saying("strong");
    private int _sent;

    public static TheoryData<bool, bool> StreamingAndMixed => new() { { false, false }, { true, false }, { false, true }, { true, true } };

    private int CallsToStrong => _strongService.Calls.Count + _strongClient.Calls.Count;

    private static PromptExecutionSettings Automatic => new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() };

    [Theory]
    [MemberData(nameof(StreamingAndMixed))]
    public async Task KernelFunction_RunByAPlainFunctionInvokingClient_IsNotRunAgain(bool streaming, bool mixed)
    {
        Kernel kernel = Build(mixed, Failing(client => client.UseFunctionInvocation()));
        kernel.Plugins.Add(Mail());

        await Assert.ThrowsAsync<TimeoutException>(() => Ask.PromptAsync(kernel, "a mail to Bob", streaming, new KernelArguments(Automatic)));

        Assert.Equal((1, 0), (_sent, CallsToStrong));
    }

    [Theory]
    [MemberData(nameof(StreamingAndMixed))]
    public async Task PlainFunctionInvokingClient_ThatFailedBeforeAnyTool_IsTakenOver(bool streaming, bool mixed)
    {
        Kernel kernel = Build(mixed, Failing(client => client.UseFunctionInvocation(), always: true));
        kernel.Plugins.Add(Mail());

        (string text, _) = await Ask.PromptAsync(kernel, "a mail to Bob", streaming, new KernelArguments(Automatic));

        Assert.Equal(("strong", 0), (text, _sent));
    }

    [Theory]
    [MemberData(nameof(StreamingAndMixed))]
    public async Task ToolOfTheClientsOwn_IsNotRunAgain(bool streaming, bool mixed)
    {
        Kernel kernel = Build(mixed, Failing(client => client.UseFunctionInvocation(
            configure: invoking => invoking.AdditionalTools = [AIFunctionFactory.Create(() => ++_sent, "send")])));

        await Assert.ThrowsAsync<TimeoutException>(() => Ask.PromptAsync(kernel, "a mail to Bob", streaming));

        Assert.Equal((1, 0), (_sent, CallsToStrong));
    }

    [Theory]
    [MemberData(nameof(StreamingAndMixed))]
    public async Task ToolOfTheClientsOwn_BehindAnotherRouter_IsNotRunAgain(bool streaming, bool mixed)
    {
        IChatClient failing = Failing(client => client.UseFunctionInvocation(
            configure: invoking => invoking.AdditionalTools = [AIFunctionFactory.Create(() => ++_sent, "send")]));
        ServiceCollection services = new();
        services.AddArchRouter(routes => routes.Fallback("only"));
        await using ServiceProvider provider = services.BuildServiceProvider();
        using RoutedChatClient inner = new(provider.GetRequiredService<PreferenceRouter>(), _ => failing);
        Kernel kernel = Build(mixed, inner);

        await Assert.ThrowsAsync<TimeoutException>(() => Ask.PromptAsync(kernel, "a mail to Bob", streaming));

        Assert.Equal((1, 0), (_sent, CallsToStrong));
    }

    [Theory]
    [MemberData(nameof(StreamingAndMixed))]
    public async Task ClientThatFailsToSayWhatItHas_ServesTheCall(bool streaming, bool mixed)
    {
        Kernel kernel = Build(mixed, new Reticent(TestChatClient.Saying("fast")));

        (string text, _) = await Ask.PromptAsync(kernel, "a mail to Bob", streaming);

        Assert.Equal("fast", text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task KernelWithoutTheRoutersFilter_HasItsFunctionsNotedToo(bool streaming)
    {
        IChatCompletionService service = Build(mixed: true, Failing(client => client)).GetRequiredService<IChatCompletionService>();
        Kernel other = new();
        other.Plugins.Add(Mail());

        await Assert.ThrowsAsync<TimeoutException>(() => Ask.ServiceAsync(service, [new(AuthorRole.User, "a mail to Bob")], streaming, Automatic, other));

        Assert.Equal((1, 0), (_sent, CallsToStrong));
    }

    [Fact]
    public async Task ToolThatTheHistoryTellsOf_SaysNothingForTheNextTargetsTools()
    {
        // The first target's tool stands in the history, so the second takes over; what the second one ran is told nowhere.
        RecordingChatService first = new("first")
        {
            OnCall = call =>
            {
                RoutedCall.NoteTool();
                call.History.Add(new(AuthorRole.Tool, "looked up"));
                throw _error;
            },
        };
        Kernel kernel = Build(
            mixed: true,
            Failing(client => client.UseFunctionInvocation()),
            builder => builder.Services.AddKeyedSingleton<IChatCompletionService>("first", first),
            routes => routes.Route("mail", "Drafting e-mails", to: "first", orElse: ["fast", "strong"]).Fallback("strong"));
        kernel.Plugins.Add(Mail());

        await Assert.ThrowsAsync<TimeoutException>(() => Ask.PromptAsync(kernel, "a mail to Bob", streaming: false, new KernelArguments(Automatic)));

        Assert.Equal((1, 1, 0), (first.Calls.Count, _sent, CallsToStrong));
    }

    private KernelPlugin Mail() => KernelPluginFactory.CreateFromFunctions("mail", [KernelFunctionFactory.CreateFromMethod(() => ++_sent, "send")]);

    /// <summary>A client that calls the only tool there is and fails once it ran, or always.</summary>
    private IChatClient Failing(Func<ChatClientBuilder, ChatClientBuilder> pipeline, bool always = false) =>
        pipeline(new ChatClientBuilder(new TestChatClient((call, _) => always || call.Messages.Any(m => m.Contents.Any(c => c is Microsoft.Extensions.AI.FunctionResultContent))
            ? throw _error
            : new[] { new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("1", call.Options?.Tools?[0].Name ?? "send")]) }.ToAsyncEnumerable()))).Build();

    /// <summary>A kernel whose e-mails go to the client fast and then to strong, which is a client too or, if mixed, a service.</summary>
    private Kernel Build(bool mixed, IChatClient fast, Action<IKernelBuilder>? add = null, Action<RouteTableBuilder>? routes = null)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton("fast", fast);
        if (mixed)
        {
            builder.Services.AddKeyedSingleton<IChatCompletionService>("strong", _strongService);
        }
        else
        {
            builder.Services.AddKeyedSingleton<IChatClient>("strong", _strongClient);
        }

        add?.Invoke(builder);
        builder.AddArchRouterSelector(routes ?? TestKernel.DefaultRoutes, router => router.UseEngine(ScriptedRouterEngine.ByMention()));
        return builder.Build();
    }

    /// <summary>Does not tell whether it invokes functions.</summary>
    private sealed class Reticent(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(FunctionInvokingChatClient) ? throw new InvalidOperationException("nothing to tell") : base.GetService(serviceType, serviceKey);
    }
}
