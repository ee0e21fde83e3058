using System.ClientModel;
using System.Net;
using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.OpenAI;
using ChatMessageContent = Microsoft.SemanticKernel.ChatMessageContent;

namespace ArchRouter.SK.Tests;

/// <summary>Semantic Kernel's real OpenAI connector, as service and as chat client, against a real server.</summary>
public sealed class OpenAIConnectorTests : IDisposable
{
    private readonly FakeOpenAI _server = new();
    private ScriptedRouterEngine _engine = ScriptedRouterEngine.ByMention();

    public OpenAIConnectorTests()
    {
        _server.Answers("fast");
        _server.Answers("strong");
    }

    public static TheoryData<bool, bool> StreamingAndKind => new() { { false, false }, { true, false }, { false, true }, { true, true } };

    public void Dispose() => _server.Dispose();

    [Theory]
    [MemberData(nameof(StreamingAndKind))]
    public async Task Prompt_ReachesTheTargetOfItsPolicy(bool streaming, bool clients)
    {
        (string text, RoutingDecision? decision) = await Ask.PromptAsync(Build(clients), "a sql query", streaming);

        Assert.Equal("strong", text);
        Assert.Equal("strong", Assert.Single(_server.RequestsTo("strong"))["model"]!.GetValue<string>()["model-".Length..]);
        Assert.Empty(_server.RequestsTo("fast"));
        Assert.Equal("sql", decision!.Policy);
    }

    [Theory]
    [MemberData(nameof(StreamingAndKind))]
    public async Task PromptThatAFilterChanged_IsWhatIsRoutedAndSent(bool streaming, bool clients)
    {
        Kernel kernel = Build(clients);
        kernel.PromptRenderFilters.Add(new RewriteFilter(context => context.RenderedPrompt = context.RenderedPrompt!.Replace("mail to Bob", "sql query", StringComparison.Ordinal)));

        (string text, _) = await Ask.PromptAsync(kernel, "a mail to Bob, please", streaming);

        Assert.Equal("strong", text);
        Assert.Equal(["a sql query, please"], _engine.Requests.Single().Conversation.Messages.Select(m => m.Text));
        Assert.Equal("a sql query, please", LoopbackRequest.TextOf(Assert.Single(Assert.Single(_server.RequestsTo("strong"))["messages"]!.AsArray())));
        Assert.Empty(_server.RequestsTo("fast"));
    }

    [Theory]
    [MemberData(nameof(StreamingAndKind))]
    public async Task AutomaticToolCalling_IsOneDecisionAndTwoRequests(bool streaming, bool clients)
    {
        _server.CallsToolThenAnswers("strong", clients ? "db_tables" : "db-tables");
        Kernel kernel = Build(clients);
        kernel.Plugins.AddFromFunctions("db", [KernelFunctionFactory.CreateFromMethod(() => "users, orders", "tables")]);
        KernelArguments arguments = new(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() });

        (string text, _) = await Ask.PromptAsync(kernel, "a sql query", streaming, arguments);

        Assert.Equal("strong", text);
        Assert.Single(_engine.Requests);
        Assert.Equal(2, _server.RequestsTo("strong").Count);
        Assert.Contains("users, orders", _server.RequestsTo("strong")[1].ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ToolMessages_StayInTheCallersHistory(bool streaming)
    {
        _server.CallsToolThenAnswers("strong", "db-tables");
        Kernel kernel = Build(clients: false);
        kernel.Plugins.AddFromFunctions("db", [KernelFunctionFactory.CreateFromMethod(() => "users, orders", "tables")]);
        ChatHistory history = [new ChatMessageContent(AuthorRole.User, "a sql query")];

        await Ask.ServiceAsync(
            kernel.GetRequiredService<IChatCompletionService>(), history, streaming, new() { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() }, kernel);

        Assert.Equal([AuthorRole.User, AuthorRole.Assistant, AuthorRole.Tool], history.Select(m => m.Role));
    }

    [Fact]
    public async Task ToolThatIsAPromptFunction_IsRoutedOnItsOwn()
    {
        _server.CallsToolThenAnswers("strong", "mail-draft");
        Kernel kernel = Build(clients: false);
        kernel.Plugins.AddFromFunctions("mail", [KernelFunctionFactory.CreateFromPrompt("a mail to Bob", functionName: "draft")]);
        KernelArguments arguments = new(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() });

        (string text, _) = await Ask.PromptAsync(kernel, "a sql query", streaming: false, arguments);

        Assert.Equal("strong", text);
        Assert.Equal(2, _engine.Requests.Count);
        Assert.Single(_server.RequestsTo("fast"));
    }

    [Fact]
    public async Task NestedPromptFunction_IsRoutedOnItsOwn()
    {
        Kernel kernel = Build(clients: false);
        kernel.Plugins.AddFromFunctions("inner", [KernelFunctionFactory.CreateFromPrompt("a mail to Bob", functionName: "draft")]);

        (string text, _) = await Ask.PromptAsync(kernel, "sql about {{inner.draft}}", streaming: false);

        Assert.Equal("strong", text);
        Assert.Contains("sql about fast", _server.RequestsTo("strong").Single().ToJsonString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    public async Task UpstreamFailure_Surfaces_AsTheConnectorThrowsIt(int status)
    {
        _server.Fails("strong", status);
        Kernel kernel = Build(clients: false);

        HttpOperationException error = await Assert.ThrowsAsync<HttpOperationException>(() => Ask.PromptAsync(kernel, "a sql query", streaming: false));
        ClientResultException streamed = await Assert.ThrowsAsync<ClientResultException>(() => Ask.PromptAsync(kernel, "a sql query", streaming: true));

        Assert.Equal((HttpStatusCode)status, error.StatusCode);
        Assert.Equal(status, streamed.Status);
        Assert.Empty(_server.RequestsTo("fast"));
    }

    [Theory]
    [InlineData(429, false)]
    [InlineData(429, true)]
    [InlineData(500, false)]
    [InlineData(500, true)]
    public async Task UpstreamFailureOfAChatClient_Surfaces_AsTheConnectorThrowsIt(int status, bool streaming)
    {
        _server.Fails("strong", status);

        ClientResultException error = await Assert.ThrowsAsync<ClientResultException>(() => Ask.PromptAsync(Build(clients: true), "a sql query", streaming));

        Assert.Equal(status, error.Status);
        Assert.Empty(_server.RequestsTo("fast"));
    }

    [Theory]
    [MemberData(nameof(StreamingAndKind))]
    public async Task UpstreamFailure_IsTakenOverByTheRoutesNextTarget(bool streaming, bool clients)
    {
        _server.Fails("fast", 503);

        (string text, _) = await Ask.PromptAsync(Build(clients), "a mail to Bob", streaming);

        Assert.Equal("strong", text);
        Assert.Single(_server.RequestsTo("fast"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ToolThatRan_IsNotRunAgainByAnotherTarget(bool clients)
    {
        _server.CallsToolThenFails("fast", clients ? "mail_send" : "mail-send");
        int sent = 0;
        Kernel kernel = Build(clients);
        kernel.Plugins.AddFromFunctions("mail", [KernelFunctionFactory.CreateFromMethod(() => ++sent, "send")]);
        KernelArguments arguments = new(new PromptExecutionSettings { FunctionChoiceBehavior = FunctionChoiceBehavior.Auto() });

        // A chat client keeps the tool's result to itself, so the failure surfaces; a service has put it into the history for the next target.
        Task<(string Text, RoutingDecision?)> asking = Ask.PromptAsync(kernel, "a mail to Bob", streaming: false, arguments);
        if (clients)
        {
            await Assert.ThrowsAnyAsync<Exception>(() => asking);
        }
        else
        {
            Assert.Equal("strong", (await asking).Text);
        }

        Assert.Equal(1, sent);
    }

    [Fact]
    public async Task ToolLoop_GoesOnWithTheTargetThatTookOver()
    {
        _server.Fails("fast", 503);
        Kernel kernel = Build(clients: false);
        IChatCompletionService service = kernel.GetRequiredService<IChatCompletionService>();
        ChatHistory history = [new ChatMessageContent(AuthorRole.User, "a mail")];
        await service.GetChatMessageContentsAsync(history, null, kernel);
        history.Add(new(AuthorRole.Assistant, [new Microsoft.SemanticKernel.FunctionCallContent("lookup", "book", "1")]));
        history.Add(new(AuthorRole.Tool, [new Microsoft.SemanticKernel.FunctionResultContent("lookup", "book", "1", "bob@x")]));

        ChatMessageContent answer = (await service.GetChatMessageContentsAsync(history, null, kernel))[0];

        Assert.Equal("strong", answer.Content);
        Assert.Single(_server.RequestsTo("fast"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_WhileTheTargetAnswers_EndsTheCall(bool streaming)
    {
        Task asked = _server.FallsSilent("fast");
        using CancellationTokenSource source = new();
        Task call = Ask.PromptAsync(Build(clients: false), "a mail to Bob", streaming, token: source.Token);
        await asked.WaitAsync(TimeSpan.FromSeconds(30));

        await source.CancelAsync();

        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => call);

        Assert.True(error is OperationCanceledException || error.InnerException is OperationCanceledException, error.ToString());
        Assert.Empty(_server.RequestsTo("strong"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Cancellation_WhileRouting_EndsTheCall_BeforeAnyRequest(bool streaming)
    {
        using CancellationTokenSource source = new();
        _engine = new ScriptedRouterEngine(async (request, token) =>
        {
            await source.CancelAsync();
            await Task.Delay(Timeout.Infinite, token);
            return ScriptedRouterEngine.Scores(request.Policies, null);
        });

        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => Ask.PromptAsync(Build(clients: false), "a mail to Bob", streaming, token: source.Token));

        Assert.True(error is OperationCanceledException || error.InnerException is OperationCanceledException, error.ToString());
        Assert.Empty(_server.RequestsTo("fast"));
    }

    [Fact]
    public async Task Cancellation_InMidStream_EndsTheStream()
    {
        using CancellationTokenSource source = new();
        Kernel kernel = Build(clients: false);
        int updates = 0;

        Exception error = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await foreach (StreamingKernelContent _ in kernel.InvokePromptStreamingAsync("a sql query", cancellationToken: source.Token))
            {
                updates++;
                await source.CancelAsync();
            }
        });

        Assert.True(error is OperationCanceledException || error.InnerException is OperationCanceledException, error.ToString());
        Assert.Equal(1, updates);
        Assert.Empty(_server.RequestsTo("fast"));
    }

    [Fact]
    public async Task ChatClientTargets_GiveMeaiTypes()
    {
        FunctionResult result = await Build(clients: true).InvokePromptAsync("a sql query");

        ChatResponse response = result.GetValue<ChatResponse>()!;
        Assert.Equal("strong", response.Text);
        Assert.Equal("sql", result.GetRoutingDecision()!.Policy);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ModelId_NamesATargetOrNothing_AndNeverReachesAnother(bool known)
    {
        Kernel kernel = Build(clients: true);
        PromptExecutionSettings settings = new() { ModelId = known ? "model-fast" : "gpt-none" };

        await kernel.InvokePromptAsync("a sql query", new KernelArguments(settings));

        Assert.Equal(known ? 1 : 0, _server.RequestsTo("fast").Count);
        Assert.All(_server.RequestsTo("strong"), r => Assert.Equal("model-strong", r["model"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Settings_OfRequestAndTarget_ReachTheServer()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        _server.Register(builder, "fast");
        builder.AddArchRouterSelector(
            routes => routes.Target(new RouteTarget("fast") { Settings = new() { MaxOutputTokens = 55, Temperature = 0.9 } }).Fallback("fast"),
            router => router.UseEngine(_engine));

        await builder.Build().InvokePromptAsync("hello", new KernelArguments(new OpenAIPromptExecutionSettings { Temperature = 0.1 }));

        string body = _server.RequestsTo("fast").Single().ToJsonString();
        Assert.Contains("\"temperature\":0.1", body, StringComparison.Ordinal);
        Assert.Contains(":55", body, StringComparison.Ordinal);
    }

    private Kernel Build(bool clients)
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        foreach (string serviceId in new[] { "fast", "strong" })
        {
            if (clients)
            {
                _server.RegisterClient(builder, serviceId);
            }
            else
            {
                _server.Register(builder, serviceId);
            }
        }

        builder.AddArchRouterSelector(TestKernel.DefaultRoutes, router => router.UseEngine(_engine));
        return builder.Build();
    }
}
