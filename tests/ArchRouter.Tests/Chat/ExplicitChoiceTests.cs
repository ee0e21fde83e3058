using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Chat;

public sealed class ExplicitChoiceTests
{
    [Theory]
    [InlineData(true, "spare")]
    [InlineData(false, "spare")]
    [InlineData(true, "gpt-spare")]
    [InlineData(false, "gpt-spare")]
    public async Task ModelId_OfATargetChoosesIt(bool streaming, string modelId)
    {
        var chat = new RoutedChat { Spare = new((_, _) => Text("spare")) { ModelId = "gpt-spare" } };

        ChatResponse response = await chat.Client.AskAsync(streaming, "prose", new ChatOptions { ModelId = modelId });

        Assert.Equal("spare", response.Text);
        Assert.Equal(RoutingOutcome.Explicit, response.GetRoutingDecision()!.Outcome);
        Assert.Null(Assert.Single(chat.Spare.Calls).Options!.ModelId);
        Assert.Empty(chat.Engine.Requests);
    }

    [Theory]
    [InlineData(true, "gpt-unknown")]
    [InlineData(false, "gpt-unknown")]
    [InlineData(true, "SPARE")]
    [InlineData(false, "SPARE")]
    [InlineData(false, "")]
    public async Task ModelId_OfNoTargetIsIgnored(bool streaming, string modelId)
    {
        var chat = new RoutedChat();

        ChatResponse response = await chat.Client.AskAsync(streaming, "code", new ChatOptions { ModelId = modelId });

        Assert.Equal("strong", response.Text);
        Assert.Equal(RoutingOutcome.Matched, response.GetRoutingDecision()!.Outcome);
        Assert.Null(Assert.Single(chat.Strong.Calls).Options!.ModelId);
    }

    [Fact]
    public async Task ModelId_OfAServiceThatTheTableDoesNotNameIsIgnored()
    {
        var chat = new RoutedChat { Table = t => t.Route("code", "Writing code", to: "strong").Fallback("fast") };

        ChatResponse response = await chat.Client.GetResponseAsync("code", new ChatOptions { ModelId = "spare" });

        Assert.Equal("strong", response.Text);
    }

    [Fact]
    public async Task ModelId_IsLookedUpInTheTableOfTheCall()
    {
        RouteTable own = RouteTable.Create(t => t.Fallback("spare"));
        var chat = new RoutedChat { Named = { ["own"] = own } };
        ChatOptions Choosing(string id) => new() { ModelId = id };

        ChatResponse known = await chat.Client.GetResponseAsync("code", Choosing("spare").WithRouteTable("own"));
        ChatResponse unknown = await chat.Client.GetResponseAsync("code", Choosing("strong").WithRouteTable("own"));
        ChatResponse inline = await chat.Client.GetResponseAsync("code", Choosing("spare").WithRouteTable(own));

        Assert.Equal(RoutingOutcome.Explicit, known.GetRoutingDecision()!.Outcome);
        Assert.Equal(RoutingOutcome.NoMatch, unknown.GetRoutingDecision()!.Outcome);
        Assert.Equal(RoutingOutcome.Explicit, inline.GetRoutingDecision()!.Outcome);
    }

    [Fact]
    public async Task ModelId_LookUpSurvivesATargetThatCannotBeMade()
    {
        var chat = new RoutedChat();
        using var client = new RoutedChatClient(
            chat.Router, id => id == "spare" ? throw new InvalidOperationException("no key") : chat.Resolve(id));

        ChatResponse response = await client.GetResponseAsync("prose", new ChatOptions { ModelId = "gpt" });

        Assert.Equal("fast", response.Text);
    }

    [Theory]
    [InlineData("prose", "fast")]
    [InlineData("code", "strong")]
    public async Task ModelId_LookUpSurvivesAClientThatFailsToTellIts(string request, string servedBy)
    {
        var chat = new RoutedChat();
        using var silent = new SilentClient(chat.Fast);
        using var client = new RoutedChatClient(chat.Router, id => id == "fast" ? silent : chat.Resolve(id));

        ChatResponse response = await client.GetResponseAsync(request, new ChatOptions { ModelId = "gpt" });

        Assert.Equal(servedBy, response.Text);
        Assert.Equal(RoutingOutcome.Matched, response.GetRoutingDecision()!.Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ExplicitTarget_HasNoStandIn(bool streaming)
    {
        var error = new TimeoutException();
        var chat = new RoutedChat { Strong = TestChatClient.Failing(error) };

        var thrown = await Assert.ThrowsAsync<TimeoutException>(() => chat.Client.AskAsync(streaming, "code", new ChatOptions { ModelId = "strong" }));

        Assert.Same(error, thrown);
        Assert.Empty(chat.Spare.Calls);
    }

    private static IAsyncEnumerable<ChatResponseUpdate> Text(string text) =>
        new[] { new ChatResponseUpdate(ChatRole.Assistant, text) }.ToAsyncEnumerable();

    private sealed class SilentClient(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override object? GetService(Type serviceType, object? serviceKey = null) => throw new InvalidOperationException("nothing to tell");
    }
}
