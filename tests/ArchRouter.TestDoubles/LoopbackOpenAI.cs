using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ArchRouter.TestDoubles;

/// <summary>A server on loopback that speaks OpenAI's chat protocol, streamed or not, by a script. All models are on one address.</summary>
public sealed class LoopbackOpenAI : IAsyncDisposable
{
    private readonly ConcurrentQueue<LoopbackRequest> _requests = new();
    private readonly Func<LoopbackRequest, CancellationToken, Task<LoopbackAnswer>> _script;
    private readonly WebApplication _app;
    private readonly TaskCompletionSource _aborted = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private LoopbackOpenAI(Func<LoopbackRequest, CancellationToken, Task<LoopbackAnswer>> script)
    {
        _script = script;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(AnswerAsync);
    }

    /// <summary>The address to give to a client.</summary>
    public Uri Endpoint => new($"{_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()}/v1");

    /// <summary>The requests so far, oldest first.</summary>
    public IReadOnlyList<LoopbackRequest> Requests => [.. _requests];

    /// <summary>Who asked and which model answered, oldest first; see <see cref="LoopbackRequest.Step"/>.</summary>
    public IReadOnlyList<string> Steps => [.. _requests.Select(r => r.Step)];

    /// <summary>Ends when a client has gone away before its answer was complete.</summary>
    public Task Aborted => _aborted.Task;

    /// <summary>Starts a server whose answers a script gives.</summary>
    public static Task<LoopbackOpenAI> StartAsync(Func<LoopbackRequest, LoopbackAnswer> script) =>
        StartAsync((request, _) => Task.FromResult(script(request)));

    /// <summary>Starts a server whose answers a script gives in its own time; the token ends with the connection.</summary>
    public static async Task<LoopbackOpenAI> StartAsync(Func<LoopbackRequest, CancellationToken, Task<LoopbackAnswer>> script)
    {
        var server = new LoopbackOpenAI(script);
        await server._app.StartAsync();
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // Whatever is still being answered is of no interest any more.
        using CancellationTokenSource now = new();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        try
        {
            var request = new LoopbackRequest((await JsonNode.ParseAsync(context.Request.Body, cancellationToken: context.RequestAborted))!);
            _requests.Enqueue(request);
            LoopbackAnswer answer = await _script(request, context.RequestAborted);
            if (request.IsStreaming)
            {
                await StreamAsync(context, request, answer);
            }
            else
            {
                context.Response.ContentType = "application/json";
                await context.Response.WriteAsync(Envelope("chat.completion", request, "message", Message(answer), Finish(answer)).ToJsonString(), context.RequestAborted);
            }
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            _aborted.TrySetResult();
        }
    }

    private static async Task StreamAsync(HttpContext context, LoopbackRequest request, LoopbackAnswer answer)
    {
        context.Response.ContentType = "text/event-stream";
        if (answer.Text is { Length: > 1 } text)
        {
            await SendAsync(new JsonObject { ["role"] = "assistant", ["content"] = text[..1] }, null);
            await answer.InMidStream(context.RequestAborted);
            await SendAsync(new JsonObject { ["content"] = text[1..] }, null);
        }
        else
        {
            await SendAsync(Message(answer), null);
        }

        await SendAsync([], Finish(answer));
        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);

        async Task SendAsync(JsonObject delta, string? finish)
        {
            string chunk = Envelope("chat.completion.chunk", request, "delta", delta, finish).ToJsonString();
            await context.Response.WriteAsync($"data: {chunk}\n\n", context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    }

    private static string Finish(LoopbackAnswer answer) => answer.Tool is null ? "stop" : "tool_calls";

    private static JsonObject Message(LoopbackAnswer answer)
    {
        var message = new JsonObject { ["role"] = "assistant", ["content"] = answer.Text };
        if (answer.Tool is { } tool)
        {
            message["tool_calls"] = new JsonArray(new JsonObject
            {
                ["index"] = 0,
                ["id"] = $"call-{Guid.NewGuid():n}",
                ["type"] = "function",
                ["function"] = new JsonObject { ["name"] = tool, ["arguments"] = answer.Arguments },
            });
        }

        return message;
    }

    private static JsonObject Envelope(string kind, LoopbackRequest request, string part, JsonObject content, string? finish)
    {
        var envelope = new JsonObject
        {
            ["id"] = "1",
            ["object"] = kind,
            ["created"] = 1,
            ["model"] = request.Model,
            ["choices"] = new JsonArray(new JsonObject { ["index"] = 0, [part] = content, ["finish_reason"] = finish }),
        };
        if (part == "message")
        {
            envelope["usage"] = new JsonObject { ["prompt_tokens"] = 1, ["completion_tokens"] = 1, ["total_tokens"] = 2 };
        }

        return envelope;
    }
}
