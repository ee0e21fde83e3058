using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace ArchRouter.SK.Tests;

/// <summary>Takes the place of the network: keeps every request and answers with the same completion.</summary>
internal sealed class CapturingHandler : HttpMessageHandler
{
    private const string Completion = """
        {"id":"1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"done"},"finish_reason":"stop"}],
        "usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}
        """;

    public List<SentRequest> Sent { get; } = [];

    public HttpStatusCode Status { get; init; } = HttpStatusCode.OK;

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Sent.Add(new(
            request.RequestUri!.AbsoluteUri,
            request.Headers.Authorization?.ToString(),
            request.Headers.TryGetValues("api-key", out IEnumerable<string>? keys) ? keys.Single() : null,
            JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!));
        return new(Status) { Content = new StringContent(Status == HttpStatusCode.OK ? Completion : "{}", Encoding.UTF8, "application/json") };
    }
}
