using System.Runtime.CompilerServices;
using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter.Tests.Matching.Remote;

public class RemoteRouterEngineTests
{
    private const string Code = """{"route": "code"}""";
    private static readonly RouterRequest Request = new(Given.Table.Policies, Given.Request("anything").Conversation);

    /// <summary>Answers when the task is done, unless it is cancelled.</summary>
    private static TestChatClient After(Task task) => new((_, token) => Wait(task, token));

    private static async IAsyncEnumerable<ChatResponseUpdate> Wait(Task task, [EnumeratorCancellation] CancellationToken token)
    {
        await task.WaitAsync(token);
        yield return new(ChatRole.Assistant, Code);
    }

    [Theory]
    [InlineData(null, null, "remote")]
    [InlineData(null, "arch", "arch")]
    [InlineData("mine", "arch", "mine")]
    public async Task EngineId_IsTheOptionsElseTheClients(string? option, string? model, string expected)
    {
        TestChatClient client = new((_, token) => Wait(Task.CompletedTask, token)) { ModelId = model };

        Assert.Equal(expected, (await new RemoteRouterEngine(client, new() { EngineId = option }).ScoreAsync(Request)).EngineId);
    }

    [Fact]
    public async Task Requests_AreThePlainPathOfTheClient()
    {
        TestChatClient client = TestChatClient.Saying(Code);

        await new RemoteRouterEngine(client).ScoreAsync(Request);

        Assert.False(Assert.Single(client.Calls).Streaming);
    }

    [Fact]
    public async Task ClientThatKnowsNoSchema_IsAskedWithout()
    {
        var client = new TestChatClient((call, token) => call.Options!.ResponseFormat is null ? Wait(Task.CompletedTask, token) : throw new NotSupportedException());

        PolicyScores scores = await new RemoteRouterEngine(client).ScoreAsync(Request);

        Assert.Equal(0.9, scores.Probabilities[0]);
        Assert.Equal(2, client.Calls.Count);
    }

    [Fact]
    public async Task NameWithABrace_TakesTheStopSequenceAway()
    {
        TestChatClient client = TestChatClient.Saying("""{"route": "a}b"}""");
        RouterRequest request = new(new([new("a}b", "A")]), Request.Conversation);

        PolicyScores scores = await new RemoteRouterEngine(client, new() { Structured = StructuredAnswers.Never }).ScoreAsync(request);

        Assert.Equal(0.9, scores.Probabilities[0]);
        Assert.Null(client.Calls.Single().Options!.StopSequences);
    }

    [Fact]
    public async Task LongestName_FitsTheOutput()
    {
        TestChatClient client = TestChatClient.Saying("");
        string name = string.Concat(Enumerable.Repeat("😀", 50));

        await new RemoteRouterEngine(client).ScoreAsync(new(new([new(name, "A")]), Request.Conversation));

        Assert.Equal(32 + 600, client.Calls.Single().Options!.MaxOutputTokens);
    }

    [Fact]
    public async Task ConfigureRequest_HasTheLastWord()
    {
        TestChatClient client = TestChatClient.Saying(Code);

        await new RemoteRouterEngine(client, new() { ConfigureRequest = o => o.ModelId = "router" }).ScoreAsync(Request);

        Assert.Equal("router", client.Calls.Single().Options!.ModelId);
    }

    [Fact]
    public async Task Failures_AndClientTimeouts_Propagate()
    {
        var down = new HttpRequestException("down");
        var late = new TaskCanceledException("the client's own time-out");

        Assert.Same(down, await Assert.ThrowsAsync<HttpRequestException>(async () => await new RemoteRouterEngine(TestChatClient.Failing(down)).ScoreAsync(Request)));
        Assert.Same(late, await Assert.ThrowsAsync<TaskCanceledException>(async () => await new RemoteRouterEngine(TestChatClient.Failing(late)).ScoreAsync(Request)));
    }

    [Fact]
    public async Task TooManyRequests_AreRefused_AndTheNextOnesServed()
    {
        var go = new TaskCompletionSource();
        TestChatClient client = After(go.Task);
        using var engine = new RemoteRouterEngine(client, new() { MaxConcurrency = 2, MaxQueue = 1 });
        Task<PolicyScores>[] accepted = [.. Enumerable.Range(0, 3).Select(_ => engine.ScoreAsync(Request).AsTask())];

        var error = await Assert.ThrowsAsync<RouterOverloadedException>(async () => await engine.ScoreAsync(Request));
        RoutingDecision decision = await Given.Router(engine).RouteAsync(Given.Request("code"));

        Assert.Equal("1 requests are waiting for the router model already, and 2 run.", error.Message);
        Assert.Equal(RoutingOutcome.Overloaded, decision.Outcome);
        Assert.Equal(2, client.Calls.Count);
        go.SetResult();
        await Task.WhenAll(accepted);
        Assert.Equal(3, client.Calls.Count);
        Assert.Equal(0.9, (await engine.ScoreAsync(Request)).Probabilities[0]);
    }

    [Fact]
    public async Task Cancellation_BeforeTheStart_SendsNothing()
    {
        TestChatClient client = TestChatClient.Saying(Code);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new RemoteRouterEngine(client).ScoreAsync(Request, new(canceled: true)));
        Assert.Empty(client.Calls);
    }

    [Fact]
    public async Task Cancellation_WhileWaitingOrRunning_FreesThePlace()
    {
        var go = new TaskCompletionSource();
        TestChatClient client = After(go.Task);
        using var engine = new RemoteRouterEngine(client, new() { MaxConcurrency = 1, MaxQueue = 1 });
        using CancellationTokenSource runs = new();
        using CancellationTokenSource waits = new();
        Task<PolicyScores> running = engine.ScoreAsync(Request, runs.Token).AsTask();
        Task<PolicyScores> waiting = engine.ScoreAsync(Request, waits.Token).AsTask();

        await waits.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Task<PolicyScores> next = engine.ScoreAsync(Request).AsTask();
        await runs.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        go.SetResult();

        Assert.Equal(0.9, (await next).Probabilities[0]);
        Assert.Equal(2, client.Calls.Count);
    }

    [Fact]
    public async Task Cancellation_IsNotTakenForARefusal()
    {
        using CancellationTokenSource caller = new();
        var client = new TestChatClient((_, _) =>
        {
            caller.Cancel();
            throw new NotSupportedException();
        });

        await Assert.ThrowsAsync<NotSupportedException>(async () => await new RemoteRouterEngine(client).ScoreAsync(Request, caller.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Given.Router(new RemoteRouterEngine(client)).RouteAsync(Given.Request("code"), caller.Token));
        Assert.Single(client.Calls);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task Client_IsDisposedOnceUnlessLeftOpen(bool leaveOpen, int disposals)
    {
        TestChatClient client = TestChatClient.Saying(Code);
        var engine = new RemoteRouterEngine(client, leaveOpen: leaveOpen);
        engine.Dispose();
        engine.Dispose();

        Assert.Equal(disposals, client.Disposals);
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await engine.ScoreAsync(Request));
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public async Task UseRemoteRouter_RoutesAndOwnsTheClientUnlessLeftOpen(bool leaveOpen, int disposals)
    {
        TestChatClient client = TestChatClient.Saying(Code);
        ServiceCollection services = new();
        services.AddArchRouter(Given.Routes).UseRemoteRouter(_ => client, o => o.EngineId = "mine", leaveOpen);
        await using (ServiceProvider provider = services.BuildServiceProvider())
        {
            RoutingDecision decision = await provider.GetRequiredService<PreferenceRouter>().RouteAsync(Given.Request("x"));
            Assert.Equal(("code", "mine"), (decision.Policy, decision.EngineId));
        }

        Assert.Equal(disposals, client.Disposals);
    }

    [Fact]
    public void OptionsOutOfRange_AreAllNamed()
    {
        var options = new RemoteRouterOptions
        {
            MaxMessages = 17, MaxRequestLength = 0, MaxEarlierLength = 0, MaxConcurrency = 0, MaxQueue = -1, Structured = (StructuredAnswers)9,
        };

        string message = Assert.Throws<ArgumentException>(() => new RemoteRouterEngine(TestChatClient.Saying(""), options)).Message;

        Assert.All(["MaxMessages", "MaxRequestLength", "MaxEarlierLength", "MaxConcurrency", "MaxQueue", "Structured"], name => Assert.Contains($"{name} is ", message, StringComparison.Ordinal));
    }
}
