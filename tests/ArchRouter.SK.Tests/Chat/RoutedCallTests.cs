using ArchRouter.TestDoubles;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

public sealed class RoutedCallTests
{
    [Theory]
    [InlineData("a sql query", "strong", false)]
    [InlineData("a sql query", "strong", true)]
    [InlineData("a mail to Bob", "fast", false)]
    [InlineData("a mail to Bob", "fast", true)]
    [InlineData("the weather", "fast", false)]
    [InlineData("the weather", "fast", true)]
    public async Task Prompt_IsAnsweredByTheTargetOfItsPolicy(string prompt, string target, bool streaming)
    {
        var test = new TestKernel();

        (string text, RoutingDecision? decision) = await Ask.PromptAsync(test.Build(), prompt, streaming);

        Assert.Equal(target, text);
        Assert.Equal(target, decision!.ServedBy);
        Assert.Single(test.Engine.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Decision_SaysPolicyProbabilityAndReason(bool streaming)
    {
        (_, RoutingDecision? decision) = await Ask.PromptAsync(new TestKernel().Build(), "a sql query", streaming);

        Assert.Equal(RoutingOutcome.Matched, decision!.Outcome);
        Assert.Equal("sql", decision.Policy);
        Assert.Equal(0.9, decision.Probability);
        Assert.Contains("policy 'sql' at 0.90", decision.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Metadata_OfTheTargetIsKept()
    {
        FunctionResult result = await new TestKernel().Build().InvokePromptAsync("a sql query");

        Assert.Equal("strong", result.Metadata!["own"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RoutedMessages_CanBeSavedAsJson(bool failing)
    {
        var test = new TestKernel { Engine = failing ? ScriptedRouterEngine.Failing(new InvalidOperationException("broken model")) : ScriptedRouterEngine.ByMention() };
        IChatCompletionService service = test.Build().GetRequiredService<IChatCompletionService>();
        ChatHistory history = [new(AuthorRole.User, "a sql query")];
        history.AddRange(await service.GetChatMessageContentsAsync(history));

        ChatHistory restored = System.Text.Json.JsonSerializer.Deserialize<ChatHistory>(System.Text.Json.JsonSerializer.Serialize(history))!;

        Assert.Equal(failing ? "fast" : "strong", restored[1].Content);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Target_ReceivesTheCallersHistoryKernelAndToken(bool streaming)
    {
        var test = new TestKernel();
        Kernel kernel = test.Build();
        ChatHistory history = new("You help.");
        history.AddUserMessage("a sql query");
        using CancellationTokenSource source = new();

        await Ask.ServiceAsync(kernel.GetRequiredService<IChatCompletionService>(), history, streaming, null, kernel, token: source.Token);

        RecordingChatService.Call call = Assert.Single(test.Strong.Calls);
        Assert.Same(history, call.History);
        Assert.Same(kernel, call.Kernel);
        Assert.Equal(source.Token, call.Token);
        Assert.Null(call.Settings);
        Assert.Equal(2, history.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NullKernel_IsRouted(bool streaming)
    {
        var test = new TestKernel();
        IChatCompletionService service = test.Build().GetRequiredService<IChatCompletionService>();

        (string text, _) = await Ask.ServiceAsync(service, new ChatHistory("s") { new(AuthorRole.User, "a sql query") }, streaming);

        Assert.Equal("strong", text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task RoutingFailure_IsAnsweredByTheFallback(bool streaming)
    {
        var test = new TestKernel { Engine = ScriptedRouterEngine.Failing(new InvalidOperationException("broken model")) };

        (string text, RoutingDecision? decision) = await Ask.PromptAsync(test.Build(), "a sql query", streaming);

        Assert.Equal("fast", text);
        Assert.Equal(RoutingOutcome.EngineFailed, decision!.Outcome);
        Assert.Contains("broken model", decision.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task History_WithoutUserMessage_IsAnsweredByTheFallback(bool streaming)
    {
        var test = new TestKernel();
        Kernel kernel = test.Build();

        (string text, RoutingDecision? decision) = await Ask.ServiceAsync(
            kernel.GetRequiredService<IChatCompletionService>(), new ChatHistory("sql only in the system message"), streaming, null, kernel);

        Assert.Equal("fast", text);
        Assert.Equal(RoutingOutcome.NoUserMessage, decision!.Outcome);
        Assert.Empty(test.Engine.Requests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PromptXml_ReachesTheRouterAsMessages(bool streaming)
    {
        var test = new TestKernel();
        const string prompt = """
            <message role="system">mail mail mail</message>
            <message role="user">hello</message>
            <message role="assistant">hi</message>
            <message role="user">a sql query</message>
            """;

        (string text, _) = await Ask.PromptAsync(test.Build(), prompt, streaming);

        Assert.Equal("strong", text);
        Assert.Equal(["hello", "hi", "a sql query"], test.Engine.Requests.Single().Conversation.Messages.Select(m => m.Text));
    }

    [Fact]
    public async Task NestedPromptFunction_IsRoutedOnItsOwn()
    {
        var test = new TestKernel();
        Kernel kernel = test.Build();
        kernel.Plugins.AddFromFunctions("inner", [KernelFunctionFactory.CreateFromPrompt("a mail to Bob", functionName: "draft")]);

        string text = (await kernel.InvokePromptAsync("Turn this into a sql query: {{inner.draft}}")).ToString();

        Assert.Equal("strong", text);
        Assert.Single(test.Fast.Calls);
        Assert.EndsWith("query: fast", test.Strong.Calls.Single().History[^1].Content, StringComparison.Ordinal);
        Assert.Equal(2, test.Engine.Requests.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Filter_ThatRewritesThePrompt_DecidesWhatIsRouted(bool streaming)
    {
        var test = new TestKernel();
        Kernel kernel = test.Build();
        kernel.PromptRenderFilters.Add(new RewriteFilter(context => context.RenderedPrompt = "a sql query"));

        (string text, _) = await Ask.PromptAsync(kernel, "a mail to Bob", streaming);

        Assert.Equal("strong", text);
    }

    [Fact]
    public async Task Filter_ThatAnswersItself_NeitherRoutesNorCalls()
    {
        var test = new TestKernel();
        Kernel kernel = test.Build();
        kernel.PromptRenderFilters.Add(new RewriteFilter(context => context.Result = new FunctionResult(context.Function, "from filter")));

        Assert.Equal("from filter", (await kernel.InvokePromptAsync("a sql query")).ToString());
        Assert.Empty(test.Engine.Requests);
        Assert.Empty(test.Strong.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NamedTable_IsPickedByArgumentsOrKernel(bool throughKernel)
    {
        var test = new TestKernel
        {
            Configure = router => router.AddTable("legal", t => t.Route("sql", "Anything about clauses", to: "fast").Fallback("strong")),
        };
        Kernel kernel = test.Build();

        string text = throughKernel
            ? (await kernel.Clone().WithRouteTable("legal").InvokePromptAsync("a sql query")).ToString()
            : (await kernel.InvokePromptAsync("a sql query", new KernelArguments().WithRouteTable("legal"))).ToString();

        Assert.Equal("fast", text);
        Assert.Equal("strong", (await kernel.InvokePromptAsync("a sql query")).ToString());
    }

    [Fact]
    public async Task InlineTable_ServesOneCall()
    {
        var test = new TestKernel();
        RouteTable table = RouteTable.Create(t => t.Route("poem", "Writing poems", to: "strong").Fallback("fast"));

        FunctionResult result = await test.Build().InvokePromptAsync("a poem", new KernelArguments().WithRouteTable(table));

        Assert.Equal("strong", result.ToString());
        Assert.Equal(table.Version, result.GetRoutingDecision()!.TableVersion);
    }

    [Fact]
    public async Task InlineTable_WithUnknownTarget_NamesPolicyAndKey()
    {
        RouteTable table = RouteTable.Create(t => t.Route("poem", "Writing poems", to: "nowhere").Fallback("fast"));

        InvalidOperationException error = await Assert.ThrowsAsync<InvalidOperationException>(
            () => new TestKernel().Build().InvokePromptAsync("a poem", new KernelArguments().WithRouteTable(table)));

        Assert.Contains("'nowhere'", error.Message, StringComparison.Ordinal);
        Assert.Contains("policy 'poem'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Summarize", null, "strong")]
    [InlineData("Other", null, "fast")]
    [InlineData("Other", "Reviewer", "strong")]
    public async Task Rules_SeeFunctionAndAgent(string function, string? agent, string target)
    {
        var test = new TestKernel
        {
            Routes = routes => routes
                .Rule("summaries", new RuleCondition { Function = "summ*" }, to: "strong")
                .Rule("reviews", new RuleCondition { Agent = "reviewer" }, to: "strong")
                .Fallback("fast"),
        };
        KernelArguments arguments = agent is null ? [] : new KernelArguments().WithAgentName(agent);

        FunctionResult result = await test.Build().InvokeAsync(KernelFunctionFactory.CreateFromPrompt("hello", functionName: function), arguments);

        Assert.Equal(target, result.ToString());
    }

    [Fact]
    public async Task AgentName_ComesFromTheSignedSystemMessage()
    {
        var test = new TestKernel
        {
            Routes = routes => routes.Rule("reviews", new RuleCondition { Agent = "Reviewer" }, to: "strong").Fallback("fast"),
        };
        Kernel kernel = test.Build();
        ChatHistory history = [new(AuthorRole.System, "You review.") { AuthorName = "Reviewer" }, new(AuthorRole.User, "look")];

        (string text, _) = await Ask.ServiceAsync(kernel.GetRequiredService<IChatCompletionService>(), history, streaming: false, null, kernel);

        Assert.Equal("strong", text);
    }

    [Fact]
    public async Task ToolContinuation_KeepsTheDecisionOfItsTurn()
    {
        var test = new TestKernel();
        Kernel kernel = test.Build();
        IChatCompletionService service = kernel.GetRequiredService<IChatCompletionService>();
        ChatHistory history = [new(AuthorRole.User, "a sql query")];
        await service.GetChatMessageContentsAsync(history, null, kernel);
        history.Add(new(AuthorRole.Assistant, [new FunctionCallContent("tables", "db", "1")]));
        history.Add(new(AuthorRole.Tool, [new FunctionResultContent("tables", "db", "1", "users")]));

        ChatMessageContent answer = (await service.GetChatMessageContentsAsync(history, null, kernel))[0];

        Assert.Equal("strong", answer.Content);
        Assert.Equal(RoutingOutcome.Pinned, answer.GetRoutingDecision()!.Outcome);
        Assert.Single(test.Engine.Requests);
    }

    [Fact]
    public async Task GeneratedFunctionNames_DoNotSplitATurn()
    {
        var test = new TestKernel();
        Kernel kernel = test.Build();
        IAIServiceSelector selector = kernel.ServiceSelector;
        ChatHistory history = [new(AuthorRole.User, "a sql query")];
        await Select().GetChatMessageContentsAsync(history, null, kernel);
        history.Add(new(AuthorRole.Tool, [new FunctionResultContent("tables", "db", "1", "users")]));

        await Select().GetChatMessageContentsAsync(history, null, kernel);

        Assert.Single(test.Engine.Requests);

        IChatCompletionService Select()
        {
            Assert.True(selector.TrySelectAIService(kernel, KernelFunctionFactory.CreateFromPrompt("placeholder"), [], out IChatCompletionService? service, out _));
            return service;
        }
    }
}
