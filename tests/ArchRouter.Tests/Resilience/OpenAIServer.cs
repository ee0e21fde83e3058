using System.ClientModel;
using System.ClientModel.Primitives;
using Microsoft.Extensions.AI;
using OpenAI;
using WireMock.Matchers;
using WireMock.RequestBuilders;
using WireMock.ResponseBuilders;
using WireMock.ResponseProviders;
using WireMock.Server;

namespace ArchRouter.Tests.Resilience;

/// <summary>A loopback server that speaks OpenAI's chat protocol, and the real client for it.</summary>
internal sealed class OpenAIServer : IDisposable
{
    private readonly WireMockServer _server = WireMockServer.Start();
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Requests => _server.LogEntries.Count;

    public static OpenAIServer Saying(string text)
    {
        var server = new OpenAIServer();
        string Chunk(string delta, string finish) =>
            $$"""data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{{delta}},"finish_reason":{{finish}}}]}""" + "\n\n";
        server._server
            .Given(Request.Create().UsingPost().WithBody(new WildcardMatcher("*\"stream\":true*")))
            .AtPriority(1)
            .RespondWith(Response.Create().WithHeader("Content-Type", "text/event-stream").WithBody(
                Chunk($$"""{"role":"assistant","content":"{{text}}"}""", "null") + Chunk("{}", "\"stop\"") + "data: [DONE]\n\n"));
        server._server
            .Given(Request.Create().UsingPost())
            .AtPriority(2)
            .RespondWith(Response.Create().WithHeader("Content-Type", "application/json").WithBody(
                $$"""{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"{{text}}"},"finish_reason":"stop"}]}"""));
        return server;
    }

    public static OpenAIServer Failing(int status) => Responding(Response.Create()
        .WithStatusCode(status)
        .WithHeader("Content-Type", "application/json")
        .WithBody("""{"error":{"message":"no","type":"test","code":"test"}}"""));

    /// <summary>One that takes requests and does not answer until it is disposed.</summary>
    public static OpenAIServer Silent()
    {
        var server = new OpenAIServer();
        return server.Respond(Response.Create().WithCallback(async _ =>
        {
            await server._stopped.Task;
            return new WireMock.ResponseMessage { StatusCode = 200 };
        }));
    }

    public static OpenAIServer Responding(IResponseProvider response) => new OpenAIServer().Respond(response);

    public IChatClient Client(int retries = 0, TimeSpan? networkTimeout = null, HttpClient? http = null) =>
        ClientOf(new Uri(_server.Url! + "/v1"), retries, networkTimeout, http);

    public static IChatClient ClientOf(Uri endpoint, int retries = 0, TimeSpan? networkTimeout = null, HttpClient? http = null) =>
        new OpenAIClient(new ApiKeyCredential("key"), new OpenAIClientOptions
        {
            Endpoint = endpoint,
            RetryPolicy = new ClientRetryPolicy(retries),
            NetworkTimeout = networkTimeout,
            Transport = http is null ? null : new HttpClientPipelineTransport(http),
        }).GetChatClient("gpt-test").AsIChatClient();

    public void Dispose()
    {
        _stopped.SetResult();
        _server.Stop();
        _server.Dispose();
    }

    private OpenAIServer Respond(IResponseProvider response)
    {
        _server.Given(Request.Create().UsingPost()).RespondWith(response);
        return this;
    }
}
