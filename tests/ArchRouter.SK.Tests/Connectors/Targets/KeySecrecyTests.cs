using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

/// <summary>Keys go to the provider and nowhere else.</summary>
public sealed class KeySecrecyTests
{
    private const string Key = "sk-very-secret-1";

    [Theory]
    [InlineData("""{"provider":"openai","model":"m","apiKey":"sk-very-secret-1"}""")]
    [InlineData("""{"provider":"openai","model":"m","apiKeyVariable":"MY_KEY"}""")]
    [InlineData("""{"provider":"azure-openai","deployment":"m","endpoint":"https://x.openai.azure.com","apiKeyVariable":"MY_KEY"}""")]
    public async Task Logs_NeverShowAKey(string target)
    {
        using var logs = new CapturingLoggerProvider();
        using var stage = new TargetStage
        {
            Network = new CapturingHandler { Status = HttpStatusCode.Unauthorized },
            Configure = services => services.AddLogging(logging => logging.AddProvider(logs).SetMinimumLevel(LogLevel.Trace)),
        };
        stage.Environment["MY_KEY"] = Key;
        await using ServiceProvider provider = stage.Services($$"""{"t":{{target}}}""").BuildServiceProvider();

        var error = await Assert.ThrowsAsync<HttpOperationException>(() => provider.GetRequiredKeyedService<IChatCompletionService>("t").GetChatMessageContentAsync("hello"));

        SentRequest sent = Assert.Single(stage.Network.Sent);
        Assert.Contains(Key, sent.Authorization ?? sent.ApiKey, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(logs.Lines, line => line.Contains(Key, StringComparison.Ordinal));
    }

    [Fact]
    public void Problems_NeverShowAConfiguredKey()
    {
        using var stage = new TargetStage();

        IReadOnlyList<RouteTableProblem> problems = stage.Problems("""
            {"t":{"provider":"nobody","apiKey":"sk-very-secret-1"},"u":{"provider":"ollama","apiKey":"sk-very-secret-1 x"},"v":{"provider":"openai","apiKey":["sk-very-secret-1"]}}
            """);

        Assert.True(problems.Count >= 4);
        Assert.DoesNotContain(problems, p => p.ToString().Contains(Key, StringComparison.Ordinal));
    }
}
