using System.Net;
using Azure.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

/// <summary>What each provider really sends: address, key and model.</summary>
public sealed class ProviderTests : IDisposable
{
    private readonly TargetStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData("""{"provider":"openai","model":"gpt-5-mini"}""", "OPENAI_API_KEY", "https://api.openai.com/v1/chat/completions", "gpt-5-mini")]
    [InlineData("""{"provider":"OpenAI","model":"m","endpoint":"https://eu.api.openai.com/v1"}""", "OPENAI_API_KEY", "https://eu.api.openai.com/v1/chat/completions", "m")]
    [InlineData("""{"provider":"gemini","model":"gemini-2.5-flash"}""", "GEMINI_API_KEY", "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions", "gemini-2.5-flash")]
    [InlineData("""{"provider":"gemini","model":"gemini-2.5-flash"}""", "GOOGLE_API_KEY", "https://generativelanguage.googleapis.com/v1beta/openai/chat/completions", "gemini-2.5-flash")]
    public async Task HostedProvider_GetsItsUsualVariablesKey(string target, string variable, string address, string model)
    {
        _stage.Environment[variable] = "key-1";

        SentRequest sent = await _stage.CallAsync($$"""{"t":{{target}}}""");

        Assert.Equal((address, "Bearer key-1", model), (sent.Address, sent.Authorization, sent.Model));
    }

    [Theory]
    [InlineData("""{"provider":"ollama","model":"llama3.2"}""", "http://localhost:11434/v1/chat/completions")]
    [InlineData("""{"provider":"vllm","model":"llama3.2"}""", "http://localhost:8000/v1/chat/completions")]
    [InlineData("""{"provider":"lm-studio","model":"llama3.2"}""", "http://localhost:1234/v1/chat/completions")]
    [InlineData("""{"provider":"LMStudio","model":"llama3.2","endpoint":"http://gpu:1234/v1/"}""", "http://gpu:1234/v1/chat/completions")]
    [InlineData("""{"provider":"openai-compatible","model":"llama3.2","endpoint":"http://localhost:9/v1"}""", "http://localhost:9/v1/chat/completions")]
    [InlineData("""{"provider":"openai_compatible","model":"llama3.2","endpoint":"http://localhost:9/v1/"}""", "http://localhost:9/v1/chat/completions")]
    public async Task CompatibleServer_NeedsNoKeyAndNeverGetsOpenAIs(string target, string address)
    {
        _stage.Environment["OPENAI_API_KEY"] = "key-1";

        SentRequest sent = await _stage.CallAsync($$"""{"t":{{target}}}""");

        Assert.Equal((address, "llama3.2"), (sent.Address, sent.Model));
        Assert.DoesNotContain("key-1", sent.Authorization ?? "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompatibleServer_TakesAKeyWhereOneIsNamed()
    {
        _stage.Environment["MY_KEY"] = " key-2\n";

        SentRequest sent = await _stage.CallAsync("""{"t":{"provider":"vllm","model":"m","apiKeyVariable":"MY_KEY"}}""");

        Assert.Equal("Bearer key-2", sent.Authorization);
    }

    [Theory]
    [InlineData("https://x.openai.azure.com")]
    [InlineData("https://x.openai.azure.com/")]
    public async Task AzureOpenAI_GetsDeploymentAndApiKeyHeader(string endpoint)
    {
        _stage.Environment["AZURE_OPENAI_API_KEY"] = "key-3";

        SentRequest sent = await _stage.CallAsync($$"""{"t":{"provider":"azure-openai","deployment":"my-gpt","endpoint":"{{endpoint}}","apiVersion":"2024-10-21"} }""");

        Assert.Equal("https://x.openai.azure.com/openai/deployments/my-gpt/chat/completions?api-version=2024-10-21", sent.Address);
        Assert.Equal("key-3", sent.ApiKey);
        Assert.Null(sent.Authorization);
    }

    [Fact]
    public async Task AzureOpenAI_SignsInWithARegisteredCredential()
    {
        using var stage = new TargetStage { Configure = services => services.AddSingleton<TokenCredential>(new FixedCredential("token-1")) };

        SentRequest sent = await stage.CallAsync("""{"t":{"provider":"azure-openai","deployment":"d","endpoint":"https://x.openai.azure.com"}}""");

        Assert.Equal("Bearer token-1", sent.Authorization);
        Assert.Null(sent.ApiKey);
    }

    [Fact]
    public async Task ConfiguredKey_CountsBeforeTheVariable()
    {
        _stage.Environment["OPENAI_API_KEY"] = "key-1";

        SentRequest sent = await _stage.CallAsync("""{"t":{"provider":"openai","model":"m","apiKey":"key-4"}}""");

        Assert.Equal("Bearer key-4", sent.Authorization);
    }

    [Fact]
    public async Task ProviderOfTheApplication_GetsItsOptions()
    {
        TargetConnection? seen = null;
        using var stage = new TargetStage
        {
            Configure = services => services.AddArchRouterTargetProvider(new TargetProvider("house", (_, connection) =>
            {
                seen = connection;
                return new RecordingChatService("house");
            })
            { Requires = TargetFields.Model, Takes = TargetFields.ApiKey | TargetFields.Options, ApiKeyVariables = ["HOUSE_KEY"] }),
        };
        stage.Environment["HOUSE_KEY"] = "key-5";
        await using ServiceProvider provider = stage.Services("""{"t":{"provider":"House","model":"m","options":{"region":"north"}}}""").BuildServiceProvider();

        provider.GetRequiredKeyedService<IChatCompletionService>("t");

        Assert.Equal(("t", "house", "m", "key-5", "north"), (seen!.ServiceId, seen.Provider, seen.Model, seen.ApiKey, seen.Options["REGION"]));
        Assert.Equal("t (house)", seen.ToString());
        Assert.DoesNotContain("key-5", System.Text.Json.JsonSerializer.Serialize(seen), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProviderThatThrows_IsNamedWithTheTarget()
    {
        NotSupportedException cause = new("no such version");
        using var stage = new TargetStage
        {
            Configure = services => services.AddArchRouterTargetProvider(new TargetProvider("house", (_, _) => throw cause)),
        };
        await using ServiceProvider provider = stage.Services("""{"t":{"provider":"house","model":"m"}}""").BuildServiceProvider();

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => provider.GetKeyedService<IChatCompletionService>("t"));

        Assert.Equal("The chat service of the target 't' (house) cannot be made: no such version", error.Message);
        Assert.Same(cause, error.InnerException);
    }

    [Fact]
    public void SameSectionTwice_IsTheSameAsOnce()
    {
        IConfigurationSection section = TargetStage.Section("""{"targets":{"t":{"provider":"ollama","model":"m"}}}""");
        using ServiceProvider provider = _stage.Services(section).AddArchRouterTargets(section).BuildServiceProvider();

        Assert.Empty(provider.GetServices<IStartupProblems>().SelectMany(p => p.Problems));
        Assert.NotNull(provider.GetRequiredKeyedService<IChatCompletionService>("t"));
    }

    [Fact]
    public async Task ProviderThatGivesNothing_IsNamed()
    {
        using var stage = new TargetStage
        {
            Configure = services => services.AddArchRouterTargetProvider(new TargetProvider("house", (_, _) => null!)),
        };
        await using ServiceProvider provider = stage.Services("""{"t":{"provider":"house","model":"m"}}""").BuildServiceProvider();

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => provider.GetKeyedService<IChatCompletionService>("t"));

        Assert.Contains("'t'", error.Message, StringComparison.Ordinal);
        Assert.Contains("house", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ProviderOfTheSameName_TakesTheBuiltInsPlace()
    {
        using var stage = new TargetStage
        {
            Configure = services => services.AddArchRouterTargetProvider(new TargetProvider("gemini", (_, _) => new RecordingChatService("mine"))),
        };
        await using ServiceProvider provider = stage.Services("""{"t":{"provider":"gemini","model":"m"}}""").BuildServiceProvider();

        Assert.IsType<RecordingChatService>(provider.GetRequiredKeyedService<IChatCompletionService>("t"));
    }

    [Fact]
    public async Task RegisteredHttpClient_IsTakenWhereNoneIsGiven()
    {
        using var network = new CapturingHandler();
        using var http = new HttpClient(network);
        ServiceCollection services = new();
        services.AddSingleton(http);
        services.AddArchRouterTargets(TargetStage.Section("""{"targets":{"t":{"provider":"ollama","model":"m"}}}"""));
        await using ServiceProvider provider = services.BuildServiceProvider();

        await provider.GetRequiredKeyedService<IChatCompletionService>("t").GetChatMessageContentAsync("hello");

        Assert.Single(network.Sent);
    }

    [Fact]
    public async Task FailedRequest_IsNotSentAgainWhereNoClientIsGiven()
    {
        using var server = new FakeOpenAI();
        server.Fails("t", 503);
        ServiceCollection services = new();
        services.AddArchRouterTargets(TargetStage.Section($$$$"""{"targets":{"t":{"provider":"ollama","model":"m","endpoint":"{{{{server.Url}}}}/t/v1"}}}"""));
        await using ServiceProvider provider = services.BuildServiceProvider();

        await Assert.ThrowsAsync<HttpOperationException>(() => provider.GetRequiredKeyedService<IChatCompletionService>("t").GetChatMessageContentAsync("hello"));

        Assert.Single(server.RequestsTo("t"));
    }

    [Fact]
    public async Task RefusedKey_DoesNotShowInTheFailure()
    {
        using var stage = new TargetStage { Network = new CapturingHandler { Status = HttpStatusCode.Unauthorized } };
        stage.Environment["OPENAI_API_KEY"] = "key-6";
        await using ServiceProvider provider = stage.Services("""{"t":{"provider":"openai","model":"m"}}""").BuildServiceProvider();

        var error = await Assert.ThrowsAsync<HttpOperationException>(() => provider.GetRequiredKeyedService<IChatCompletionService>("t").GetChatMessageContentAsync("hello"));

        Assert.Equal(HttpStatusCode.Unauthorized, error.StatusCode);
        Assert.DoesNotContain("key-6", error.ToString(), StringComparison.Ordinal);
        Assert.Single(stage.Network.Sent);
    }

    private sealed class FixedCredential(string token) : TokenCredential
    {
        public override AccessToken GetToken(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(token, DateTimeOffset.UtcNow.AddHours(1));

        public override ValueTask<AccessToken> GetTokenAsync(TokenRequestContext requestContext, CancellationToken cancellationToken) => new(GetToken(requestContext, cancellationToken));
    }
}
