using System.ClientModel;
using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;
using WireMock.ResponseBuilders;

namespace ArchRouter.Tests.Resilience;

public sealed class OpenAIFailureTests : IDisposable
{
    private readonly OpenAIServer _spare = OpenAIServer.Saying("spare");

    [Theory]
    [InlineData(true, 408)]
    [InlineData(false, 408)]
    [InlineData(true, 429)]
    [InlineData(false, 429)]
    [InlineData(true, 500)]
    [InlineData(false, 500)]
    [InlineData(true, 503)]
    [InlineData(false, 503)]
    public async Task ServiceStatus_FailsOver(bool streaming, int status)
    {
        using OpenAIServer strong = OpenAIServer.Failing(status);
        using RoutedChatClient client = Routed(strong.Client());

        ChatResponse response = await client.AskAsync(streaming, "code");

        Assert.Equal("spare", response.Text);
        Assert.Equal("spare", response.GetRoutingDecision()!.ServedBy);
        Assert.Equal(1, strong.Requests);
    }

    [Theory]
    [InlineData(true, 400)]
    [InlineData(false, 400)]
    [InlineData(true, 401)]
    [InlineData(false, 401)]
    [InlineData(true, 403)]
    [InlineData(false, 403)]
    [InlineData(true, 404)]
    [InlineData(false, 404)]
    [InlineData(true, 422)]
    [InlineData(false, 422)]
    public async Task RequestStatus_Surfaces(bool streaming, int status)
    {
        using OpenAIServer strong = OpenAIServer.Failing(status);
        using RoutedChatClient client = Routed(strong.Client());

        var error = await Assert.ThrowsAsync<ClientResultException>(() => client.AskAsync(streaming, "code"));

        Assert.Equal(status, error.Status);
        Assert.Equal(0, _spare.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RefusedConnection_FailsOver(bool streaming)
    {
        using var closed = new ClosedPort();
        using RoutedChatClient client = Routed(OpenAIServer.ClientOf(closed.Endpoint));

        Assert.Equal("spare", (await client.AskAsync(streaming, "code")).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RefusedConnection_FailsOverAfterTheClientsOwnRetries(bool streaming)
    {
        using var closed = new ClosedPort();
        using RoutedChatClient client = Routed(OpenAIServer.ClientOf(closed.Endpoint, retries: 1));

        Assert.Equal("spare", (await client.AskAsync(streaming, "code")).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NetworkTimeout_FailsOver(bool streaming)
    {
        using OpenAIServer strong = OpenAIServer.Silent();
        using RoutedChatClient client = Routed(strong.Client(networkTimeout: TimeSpan.FromMilliseconds(200)));

        Assert.Equal("spare", (await client.AskAsync(streaming, "code")).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task HttpClientTimeout_FailsOver(bool streaming)
    {
        using OpenAIServer strong = OpenAIServer.Silent();
        using var http = new HttpClient { Timeout = TimeSpan.FromMilliseconds(200) };
        using RoutedChatClient client = Routed(strong.Client(http: http));

        Assert.Equal("spare", (await client.AskAsync(streaming, "code")).Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task CallersCancellation_DoesNotFailOver(bool streaming)
    {
        using var source = new CancellationTokenSource();
        using OpenAIServer strong = OpenAIServer.Responding(Response.Create().WithCallback(_ =>
        {
            source.Cancel();
            return new WireMock.ResponseMessage { StatusCode = 500 };
        }));
        using RoutedChatClient client = Routed(strong.Client());

        await Assert.ThrowsAnyAsync<Exception>(() => client.AskAsync(streaming, "code", null, source.Token));

        Assert.True(source.IsCancellationRequested);
        Assert.Equal(0, _spare.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ModelId_OfARealClientChoosesIt(bool streaming)
    {
        using RoutedChatClient client = Routed(_spare.Client());

        ChatResponse response = await client.AskAsync(streaming, "hello", new ChatOptions { ModelId = "gpt-test" });

        Assert.Equal(RoutingOutcome.Explicit, response.GetRoutingDecision()!.Outcome);
        Assert.Equal("strong", response.GetRoutingDecision()!.ServedBy);
    }

    public void Dispose() => _spare.Dispose();

    private RoutedChatClient Routed(IChatClient strong)
    {
        RouteTable table = RouteTable.Create(t => t.Route("code", "Writing code", to: "strong", orElse: ["spare"]).Fallback("spare"));
        var router = new PreferenceRouter(new RouteTables(table), ScriptedRouterEngine.ByMention());
        return new RoutedChatClient(router, new Dictionary<string, IChatClient> { ["strong"] = strong, ["spare"] = _spare.Client() });
    }
}
