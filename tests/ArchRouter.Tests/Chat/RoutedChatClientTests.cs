using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Chat;

public sealed class RoutedChatClientTests
{
    [Theory]
    [InlineData(true, "some code please", "strong")]
    [InlineData(false, "some code please", "strong")]
    [InlineData(true, "some prose please", "fast")]
    [InlineData(false, "some prose please", "fast")]
    [InlineData(true, "what is the weather", "fast")]
    [InlineData(false, "what is the weather", "fast")]
    public async Task Request_IsAnsweredByTheTargetOfItsPolicy(bool streaming, string request, string expected)
    {
        var chat = new RoutedChat();

        ChatResponse response = await chat.Client.AskAsync(streaming, request);

        Assert.Equal(expected, response.Text);
        Assert.Single(chat.Engine.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Target_GetsTheSameMessagesTokenAndPath(bool streaming)
    {
        var chat = new RoutedChat();
        List<ChatMessage> messages = [new(ChatRole.User, "code")];
        using var source = new CancellationTokenSource();

        await chat.Client.AskAsync(streaming, messages, null, source.Token);

        TestChatCall call = Assert.Single(chat.Strong.Calls);
        Assert.Same(messages, call.GivenMessages);
        Assert.Equal(source.Token, call.CancellationToken);
        Assert.Equal(streaming, call.Streaming);
        Assert.Single(messages);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Messages_AreEnumeratedOnce(bool streaming)
    {
        var chat = new RoutedChat { Strong = TestChatClient.Failing(new TimeoutException()) };
        int enumerations = 0;
        IEnumerable<ChatMessage> Messages()
        {
            enumerations++;
            yield return new(ChatRole.User, "code");
        }

        ChatResponse response = await chat.Client.AskAsync(streaming, Messages());

        Assert.Equal("spare", response.Text);
        Assert.Equal(1, enumerations);
        Assert.Equal("code", Assert.Single(chat.Spare.Calls).Latest);
    }

    [Fact]
    public void Messages_NullIsRejectedAtOnce()
    {
        RoutedChatClient client = new RoutedChat().Client;

        Assert.Throws<ArgumentNullException>("messages", () => { _ = client.GetResponseAsync(null!); });
        Assert.Throws<ArgumentNullException>("messages", () => { _ = client.GetStreamingResponseAsync(null!); });
        Assert.Throws<ArgumentNullException>("messages", () => { _ = client.SelectClientAsync(null!).AsTask(); });
    }

    [Fact]
    public void Constructor_RejectsNull()
    {
        PreferenceRouter router = new RoutedChat().Router;

        Assert.Throws<ArgumentNullException>("router", () => new RoutedChatClient(null!, _ => null));
        Assert.Throws<ArgumentNullException>("resolveTarget", () => new RoutedChatClient(router, (Func<string, IChatClient?>)null!));
        Assert.Throws<ArgumentNullException>("targets", () => new RoutedChatClient(router, (IReadOnlyDictionary<string, IChatClient>)null!));
        Assert.Throws<ArgumentException>("targets", () => new RoutedChatClient(router, new Dictionary<string, IChatClient> { ["fast"] = null! }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RoutingFailure_IsAnsweredByTheFallback(bool streaming)
    {
        var error = new InvalidDataException("bad model");
        var chat = new RoutedChat { Engine = ScriptedRouterEngine.Failing(error) };

        ChatResponse response = await chat.Client.AskAsync(streaming, "code");

        Assert.Equal("fast", response.Text);
        Assert.Equal(RoutingOutcome.EngineFailed, response.GetRoutingDecision()!.Outcome);
        Assert.Same(error, response.GetRoutingDecision()!.Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RoutingFailure_IsThrownWhenStrict(bool streaming)
    {
        var chat = new RoutedChat { Engine = ScriptedRouterEngine.Failing(new InvalidDataException()), Options = new() { Strict = true } };

        await Assert.ThrowsAsync<RoutingFailedException>(() => chat.Client.AskAsync(streaming, "code"));

        Assert.Empty(chat.Fast.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EmptyConversation_IsAnsweredByTheFallback(bool streaming)
    {
        var chat = new RoutedChat();

        ChatResponse response = await chat.Client.AskAsync(streaming, []);

        Assert.Equal(RoutingOutcome.NoUserMessage, response.GetRoutingDecision()!.Outcome);
        Assert.Equal("fast", response.GetRoutingDecision()!.ServedBy);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Target_ThatIsMissingIsNamedWithItsPolicy(bool streaming)
    {
        var chat = new RoutedChat { Table = t => t.Route("code", "Writing code", to: "nowhere", orElse: ["fast"]).Fallback("lost") };

        var policy = await Assert.ThrowsAsync<InvalidOperationException>(() => chat.Client.AskAsync(streaming, "code"));
        var fallback = await Assert.ThrowsAsync<InvalidOperationException>(() => chat.Client.AskAsync(streaming, "weather"));

        Assert.Contains("Policy 'code'", policy.Message, StringComparison.Ordinal);
        Assert.Contains("AddKeyedChatClient(\"nowhere\"", policy.Message, StringComparison.Ordinal);
        Assert.Contains("Outcome NoMatch", fallback.Message, StringComparison.Ordinal);
        Assert.Contains("'lost'", fallback.Message, StringComparison.Ordinal);
        Assert.Empty(chat.Fast.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Target_ThatLeadsBackToTheRouterIsAnError(bool streaming)
    {
        var chat = new RoutedChat();
        IChatClient? wrapped = null;
        using var client = new RoutedChatClient(chat.Router, _ => wrapped);
        wrapped = new ChatClientBuilder(client).UseFunctionInvocation().Build();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => client.AskAsync(streaming, "code"));

        Assert.Contains("same router", error.Message, StringComparison.Ordinal);
        Assert.Single(chat.Engine.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Target_MayRouteFurtherByAnotherRouter(bool streaming)
    {
        var inner = new RoutedChat();
        var outer = new RoutedChat();
        using var client = new RoutedChatClient(outer.Router, _ => inner.Client);

        ChatResponse response = await client.AskAsync(streaming, "code");

        Assert.Equal("strong", response.Text);
        Assert.Single(inner.Engine.Requests);
        Assert.Single(outer.Engine.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ParallelCallers_EachGetTheirOwnAnswer(bool streaming)
    {
        TestChatClient Echo(string name) => TestChatClient.Saying(call => $"{name}: {call.Latest} @ {call.Options!.Temperature}");
        var chat = new RoutedChat { Fast = Echo("fast"), Strong = Echo("strong") };

        await Parallel.ForEachAsync(Enumerable.Range(0, 400), new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, token) =>
        {
            string request = i % 2 == 0 ? $"code {i}" : $"prose {i}";
            ChatResponse response = await chat.Client.AskAsync(streaming, request, new ChatOptions { Temperature = i }, token);
            string target = i % 2 == 0 ? "strong" : "fast";
            Assert.Equal($"{target}: {request} @ {i}", response.Text);
            Assert.Equal(target, response.GetRoutingDecision()!.ServedBy);
        });

        Assert.Equal(400, chat.Engine.Requests.Count);
    }
}
