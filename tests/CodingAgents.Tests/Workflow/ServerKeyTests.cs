using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace CodingAgents.Tests;

/// <summary>Which key a server gets that <c>--base-url</c> names.</summary>
public sealed class ServerKeyTests
{
    [Theory]
    [InlineData("Sk", null, "none")]
    [InlineData("Maf", null, "none")]
    [InlineData("Sk", "SERVER_KEY", "server-key")]
    [InlineData("Maf", "SERVER_KEY", "server-key")]
    public async Task Server_GetsTheKeyThatTheCommandLineNames(string framework, string? variable, string key)
    {
        ConcurrentQueue<string> keys = [];
        await using LocalServer server = await LocalServer.StartAsync(context =>
        {
            keys.Enqueue(context.Request.Headers.Authorization.ToString());
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        });
        RunSettings settings = Given.Settings(Enum.Parse<Framework>(framework)) with
        {
            BaseUrl = server.Endpoint,
            ApiKeyVariable = variable,
            Variables = name => name switch { "OPENAI_API_KEY" => "openai-key", "SERVER_KEY" => "server-key", _ => null },
        };

        RunResult result = await new CodingRun(settings, new Observer()).RunAsync(CancellationToken.None);

        Assert.Equal(RunEnd.Failed, result.End);
        Assert.NotEmpty(keys);
        Assert.All(keys, sent => Assert.Equal($"Bearer {key}", sent));
    }
}
