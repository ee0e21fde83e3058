using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace CodingAgents.Tests;

public sealed class RecordedServerTests : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private RecordedServer _server = null!;

    public async Task InitializeAsync() => _server = await RecordedServer.StartAsync(RecordingLibrary.Load(Given.LoopRecordings));

    public async Task DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("any-model")]
    [InlineData("another")]
    public async Task Answer_DependsOnTheAgent_NotOnTheModel(string model)
    {
        (HttpStatusCode status, string body) = await AskAsync(Request("architect", "anything") with { Model = model });

        JsonNode answer = JsonNode.Parse(body)!;
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(model, (string?)answer["model"]);
        Assert.Equal("Add a method.", (string?)answer["choices"]![0]!["message"]!["content"]);
        Assert.Equal("stop", (string?)answer["choices"]![0]!["finish_reason"]);
        Assert.True((int)answer["usage"]!["prompt_tokens"]! > 0);
    }

    [Fact]
    public async Task Stream_EndsWithUsageAndDone()
    {
        (_, string body) = await AskAsync(Request("architect", "anything") with { Stream = true });

        string[] lines = body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("data: [DONE]", lines[^1]);
        JsonNode[] chunks = [.. lines[..^1].Select(line => JsonNode.Parse(line["data: ".Length..])!)];
        Assert.Equal("Add a method.", string.Concat(chunks.Where(c => c["choices"]!.AsArray().Count > 0).Select(c => (string?)c["choices"]![0]!["delta"]!["content"])));
        Assert.True((int)chunks[^1]["usage"]!["completion_tokens"]! > 0);
    }

    [Theory]
    [InlineData("list_files", "read_file")]
    [InlineData("repository-list_files", "repository-read_file")]
    public async Task Tools_AreCalledByTheNamesThatTheRequestOffers(string list, string read)
    {
        (_, string body) = await AskAsync(Request("coder", "anything") with { Tools = [list, read] });

        JsonArray calls = JsonNode.Parse(body)!["choices"]![0]!["message"]!["tool_calls"]!.AsArray();
        Assert.Equal([list, read], calls.Select(c => (string?)c!["function"]!["name"]));
        Assert.Equal("../outside.txt", (string?)JsonNode.Parse((string)calls[1]!["function"]!["arguments"]!)!["path"]);
    }

    [Fact]
    public async Task UnknownAgent_IsRefused() => await RefusedAsync(Request("gardener", "anything"), "of the gardener");

    [Fact]
    public async Task UnnamedAgent_IsRefused() => await RefusedAsync(Request("", "anything"), "that its instructions do not name");

    [Fact]
    public async Task MissingTool_IsRefused() => await RefusedAsync(Request("coder", "anything") with { Tools = ["list_files"] }, "'read_file'");

    [Fact]
    public async Task ToolResultOfAnotherKind_IsRefused() => await RefusedAsync(
        Request("coder", "anything") with { Tools = ["list_files", "read_file"], ToolResult = "the tool failed" }, "README.md");

    [Fact]
    public async Task RequestWithoutRecording_IsRefused()
    {
        await using RecordedServer server = await RecordedServer.StartAsync(RecordingLibrary.Load(Given.Settings().Recordings));

        (HttpStatusCode status, string body) = await AskAsync(Request("explainer", "What is the weather like?"), server.Endpoint);

        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Contains("What is the weather like?", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"model":"m"}""")]
    public async Task BadRequest_IsRefused(string body)
    {
        using StringContent content = new(body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.PostAsync(new Uri($"{_server.Endpoint}/chat/completions"), content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("invalid_json", (string?)JsonNode.Parse(await response.Content.ReadAsStringAsync())!["error"]!["code"]);
    }

    [Fact]
    public async Task OtherPath_IsRefused()
    {
        using HttpResponseMessage response = await _http.GetAsync(new Uri($"{_server.Endpoint}/models"));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private async Task RefusedAsync(Asked asked, string reason)
    {
        (HttpStatusCode status, string body) = await AskAsync(asked);

        JsonNode error = JsonNode.Parse(body)!["error"]!;
        Assert.Equal(HttpStatusCode.NotFound, status);
        Assert.Equal("no_recording", (string?)error["code"]);
        Assert.Contains(reason, (string?)error["message"], StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Body)> AskAsync(Asked asked, Uri? endpoint = null)
    {
        using StringContent content = new(asked.Body, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await _http.PostAsync(new Uri($"{endpoint ?? _server.Endpoint}/chat/completions"), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static Asked Request(string agent, string request) => new(agent, request);

    private sealed record Asked(string Agent, string Request)
    {
        public string Model { get; init; } = "m";

        public bool Stream { get; init; }

        public string[] Tools { get; init; } = [];

        public string? ToolResult { get; init; }

        public string Body => new JsonObject
        {
            ["model"] = Model,
            ["stream"] = Stream,
            ["stream_options"] = new JsonObject { ["include_usage"] = Stream },
            ["messages"] = new JsonArray([Message("system", $"You are the {Agent}."), Message("user", Request), .. After()]),
            ["tools"] = new JsonArray([.. Tools.Select(t => new JsonObject { ["type"] = "function", ["function"] = new JsonObject { ["name"] = t } })]),
        }.ToJsonString();

        private IEnumerable<JsonNode> After() => ToolResult is null ? [] : [Message("assistant", ""), Message("tool", ToolResult)];

        private static JsonObject Message(string role, string content) => new() { ["role"] = role, ["content"] = content };
    }
}
