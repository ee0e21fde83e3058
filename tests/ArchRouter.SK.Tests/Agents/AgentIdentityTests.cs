using System.Diagnostics;
using ArchRouter.TestDoubles;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

/// <summary>How the router comes to know who calls, and which policies a call may match.</summary>
public sealed class AgentIdentityTests : IAsyncLifetime
{
    private LoopbackOpenAI _server = null!;

    public static TheoryData<bool, bool> StreamingAndKind => new() { { false, false }, { true, false }, { false, true }, { true, true } };

    public async Task InitializeAsync() => _server = await LoopbackOpenAI.StartAsync(_ => LoopbackAnswer.Say("done"));

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(StreamingAndKind))]
    public async Task Name_ComesFromArguments_ThenData_ThenTheSystemMessage_ThenTheOption_NeverFromTheTrace(bool streaming, bool clients)
    {
        using var stage = new KernelStage(_server) { Clients = clients };
        using var asking = new KernelStage(_server) { Clients = clients, Options = o => o.FindAgentName = () => "Option" };
        using Activity activity = new Activity("test").SetTag("gen_ai.agent.name", "Activity").Start();

        Assert.Equal("Arguments", await NameAsync(asking.Build().WithAgentName("Data"), System("Signed"), new KernelArguments().WithAgentName("Arguments")));
        Assert.Equal("Data", await NameAsync(asking.Build().WithAgentName("Data"), System("Signed")));
        Assert.Equal("Data", await NameAsync(asking.Build().WithAgentName("Data"), System("Signed"), new KernelArguments { [Microsoft.Extensions.AI.ArchRouterChatOptionsExtensions.AgentNameKey] = "" }));
        Assert.Equal("Signed", await NameAsync(asking.Build(), System("Signed")));
        Assert.Equal("Option", await NameAsync(asking.Build(), System(null)));
        Assert.Null(await NameAsync(stage.Build(), System(null)));

        async Task<string?> NameAsync(Kernel kernel, ChatMessageContent system, KernelArguments? arguments = null)
        {
            return (await AskAsync(kernel, [system, new(AuthorRole.User, "code")], streaming, arguments)).AgentName;
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Name_ComesFromADeveloperMessageToo(bool streaming)
    {
        using var stage = new KernelStage(_server);
        ChatHistory history = [new(AuthorRole.System, ""), new(AuthorRole.Developer, "Be brief.") { AuthorName = "Reviewer" }, new(AuthorRole.User, KernelStage.Request)];

        RoutingDecision decision = await AskAsync(stage.Build(), history, streaming);

        Assert.Equal(("Reviewer", StepKind.Agent, "prose"), (decision.AgentName, decision.Step, decision.Policy));
    }

    [Theory]
    [MemberData(nameof(StreamingAndKind))]
    public async Task FunctionThatActsAsAnAgent_IsBothOnTheDecision(bool streaming, bool clients)
    {
        using var stage = new KernelStage(_server) { Clients = clients };
        Kernel kernel = stage.Build();
        KernelPlugin plugin = kernel.Plugins.AddFromFunctions("team", [KernelFunctionFactory.CreateFromPrompt(KernelStage.Request, functionName: "review")]);

        RoutingDecision named = await InvokeAsync(new KernelArguments().WithAgentName("Reviewer"));
        RoutingDecision plain = await InvokeAsync([]);

        Assert.Equal(("Reviewer", "team", "review", StepKind.Agent, "prose"), (named.AgentName, named.PluginName, named.FunctionName, named.Step, named.Policy));
        Assert.Equal((null, "team", "review", StepKind.Call, "code"), (plain.AgentName, plain.PluginName, plain.FunctionName, plain.Step, plain.Policy));

        async Task<RoutingDecision> InvokeAsync(KernelArguments arguments)
        {
            if (!streaming)
            {
                return (await plugin["review"].InvokeAsync(kernel, arguments)).GetRoutingDecision()!;
            }

            RoutingDecision? decision = null;
            await foreach (StreamingKernelContent update in plugin["review"].InvokeStreamingAsync(kernel, arguments))
            {
                decision ??= update.GetRoutingDecision();
            }

            return decision!;
        }
    }

    [Theory]
    [MemberData(nameof(StreamingAndKind))]
    public async Task AllowedPolicies_OfArguments_NarrowTheKernels(bool streaming, bool clients)
    {
        using var stage = new KernelStage(_server) { Clients = clients };
        Kernel free = stage.Build();
        Kernel limited = stage.Build().WithAllowedPolicies("PROSE");

        RoutingDecision ofKernel = await DecideAsync(limited, null);
        RoutingDecision ofCall = await DecideAsync(free, "code", "unknown");
        RoutingDecision ofBoth = await DecideAsync(limited, "code", "Prose");
        RoutingDecision ofNeither = await DecideAsync(limited, "code", "unknown");
        RoutingDecision none = await DecideAsync(free, []);

        Assert.Equal(("prose", "fast"), (ofKernel.Policy, ofKernel.ServedBy));
        Assert.Equal(("code", "strong"), (ofCall.Policy, ofCall.ServedBy));
        Assert.Equal(("prose", "fast"), (ofBoth.Policy, ofBoth.ServedBy));
        Assert.Equal((RoutingOutcome.NoMatch, "spare"), (ofNeither.Outcome, ofNeither.ServedBy));
        Assert.Equal((RoutingOutcome.NoMatch, "spare"), (none.Outcome, none.ServedBy));
        Assert.All(_server.Requests, r => Assert.DoesNotContain("archrouter", r.Body.ToJsonString(), StringComparison.Ordinal));

        async Task<RoutingDecision> DecideAsync(Kernel kernel, params string[]? names)
        {
            KernelArguments arguments = names is null ? [] : new KernelArguments().WithAllowedPolicies(names);
            return (await Ask.PromptAsync(kernel, KernelStage.Request, streaming, arguments)).Decision!;
        }
    }

    [Fact]
    public void AllowedPolicies_WithoutAName_AreRefused()
    {
        Assert.Throws<ArgumentNullException>(() => new KernelArguments().WithAllowedPolicies(null!));
        Assert.Throws<ArgumentException>(() => new KernelArguments().WithAllowedPolicies("code", " "));
        Assert.Throws<ArgumentNullException>(() => new Kernel().WithAllowedPolicies("code", null!));
    }

    private static ChatMessageContent System(string? author) => new(AuthorRole.System, "Help.") { AuthorName = author };

    private static async Task<RoutingDecision> AskAsync(Kernel kernel, ChatHistory history, bool streaming, KernelArguments? arguments = null)
    {
        KernelFunction placeholder = KernelFunctionFactory.CreateFromPrompt("placeholder");
        if (!kernel.ServiceSelector.TrySelectAIService(kernel, placeholder, arguments ?? [], out IChatCompletionService? service, out PromptExecutionSettings? settings))
        {
            Assert.True(((IChatClientSelector)kernel.ServiceSelector).TrySelectChatClient(
                kernel, placeholder, arguments ?? [], out Microsoft.Extensions.AI.IChatClient? client, out settings));
            service = client.AsChatCompletionService(kernel.Services);
        }

        return (await Ask.ServiceAsync(service, history, streaming, settings, kernel)).Decision!;
    }
}
