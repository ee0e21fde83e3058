using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace CodingAgents;

/// <summary>
/// A server on this machine that speaks OpenAI's chat completions protocol and answers with recordings, so that the sample runs without a
/// model. It plays every target; which one is asked does not change the answer.
/// </summary>
internal sealed class RecordedServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private RecordedServer(WebApplication application) => _application = application;

    /// <summary>The address to give to an OpenAI client.</summary>
    public Uri Endpoint => new(new Uri(_application.Urls.Single()), "v1");

    /// <summary>Starts a server on a free port of the loopback address.</summary>
    /// <param name="recordings">The answers.</param>
    /// <param name="asked">Is told of each request that could be read.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<RecordedServer> StartAsync(
        RecordingLibrary recordings, Action<RecordedRequest>? asked = null, CancellationToken cancellationToken = default)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.SetMinimumLevel(LogLevel.None);
        WebApplication application = builder.Build();
        application.Run(context => AnswerAsync(context, recordings, asked));
        await application.StartAsync(cancellationToken);
        return new RecordedServer(application);
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static async Task AnswerAsync(HttpContext context, RecordingLibrary recordings, Action<RecordedRequest>? asked)
    {
        if (context.Request.Path != "/v1/chat/completions" || !HttpMethods.IsPost(context.Request.Method))
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, "The recorded server only knows POST /v1/chat/completions.", "unknown_path");
            return;
        }

        try
        {
            using StreamReader body = new(context.Request.Body);
            RecordedRequest request = RecordedRequest.Parse(await body.ReadToEndAsync(context.RequestAborted));
            asked?.Invoke(request);
            RecordedAnswer answer = recordings.Find(request);
            await (request.IsStreaming ? StreamAsync(context, request, answer) : WriteAsync(context, Completions.Whole(request, answer)));
        }
        catch (NoRecordingException error)
        {
            await RefuseAsync(context, StatusCodes.Status404NotFound, error.Message, "no_recording");
        }
        catch (JsonException error)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, error.Message, "invalid_json");
        }
    }

    private static Task RefuseAsync(HttpContext context, int status, string message, string code)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, Completions.Error(message, code));
    }

    private static Task WriteAsync(HttpContext context, JsonObject body)
    {
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(body.ToJsonString(), context.RequestAborted);
    }

    private static async Task StreamAsync(HttpContext context, RecordedRequest request, RecordedAnswer answer)
    {
        context.Response.ContentType = "text/event-stream";
        foreach (JsonObject chunk in Completions.Streamed(request, answer))
        {
            await context.Response.WriteAsync($"data: {chunk.ToJsonString()}\n\n", context.RequestAborted);
        }

        await context.Response.WriteAsync("data: [DONE]\n\n", context.RequestAborted);
    }
}
