using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using QuickStart;

namespace CodingAgents.Tests;

public sealed class TargetsTests
{
    [Theory]
    [InlineData(null, "none")]
    [InlineData("server-key", "server-key")]
    public async Task Server_GetsItsOwnKeyOnly(string? serverKey, string key)
    {
        ConcurrentQueue<string> keys = [];
        await using LocalServer server = await LocalServer.StartAsync(context =>
        {
            keys.Enqueue(context.Request.Headers.Authorization.ToString());
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        });
        IKernelBuilder builder = Kernel.CreateBuilder();
        new Targets(server.Endpoint, "m", OpenAIKey: "openai-key", serverKey).Register(builder);

        IChatCompletionService service = builder.Build().GetRequiredService<IChatCompletionService>("fast");
        await Assert.ThrowsAsync<HttpOperationException>(() => service.GetChatMessageContentAsync("hello"));

        Assert.Equal([$"Bearer {key}"], keys);
    }

    [Theory]
    [InlineData(null, null, true)]
    [InlineData(null, "", true)]
    [InlineData(null, "key", false)]
    [InlineData("http://some-host/v1", null, false)]
    public void StandIns_AnswerWhereThereIsNeitherKeyNorServer(string? server, string? openAIKey, bool expected) =>
        Assert.Equal(expected, new Targets(server is null ? null : new Uri(server), null, openAIKey, null).AreStandIns);
}
