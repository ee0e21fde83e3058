using System.Text;
using Microsoft.Extensions.Configuration;

namespace CodingAgents.Tests;

public sealed class SampleConfigurationTests
{
    private const string OpenAI = """{ "provider": "openai", "model": "m" }""";
    private const string Azure = """{ "provider": "azure-openai", "deployment": "d", "model": "m", "endpoint": "https://x.openai.azure.com", "apiVersion": "v" }""";
    private const string Gemini = """{ "provider": "gemini", "model": "m" }""";
    private const string Ollama = """{ "provider": "ollama", "model": "m" }""";
    private const string Named = """{ "provider": "openai-compatible", "model": "m", "endpoint": "https://x/v1", "apiKeyVariable": "X_KEY" }""";

    [Theory]
    [InlineData(OpenAI, "openai-key")]
    [InlineData("""{ "provider": "OpenAI", "model": "m", "apiKeyVariable": "X_KEY" }""", "x-key")]
    [InlineData("""{ "provider": "openai", "model": "m", "apiKey": "own" }""", "own")]
    [InlineData(Named, "x-key")]
    [InlineData(Azure, null)]
    [InlineData(Gemini, null)]
    [InlineData(Ollama, null)]
    public void Target_GetsOpenAIsKey_OnlyIfItIsOpenAIs(string target, string? key)
    {
        SampleConfiguration configuration = Of(OpenAI, target, Given.Settings() with { Variables = Variable });

        Assert.Equal("openai-key", configuration.Routing["targets:fast:apiKey"]);
        Assert.Equal(key, configuration.Routing["targets:strong:apiKey"]);
        Assert.False(configuration.NeedsRecordings);
    }

    [Theory]
    [InlineData(OpenAI, OpenAI, true)]
    [InlineData(OpenAI, Ollama, false)]
    [InlineData(Azure, Gemini, false)]
    [InlineData(OpenAI, """{ "provider": "openai", "model": "m", "apiKey": "own" }""", false)]
    public void Recordings_ArePlayed_WhereNoTargetCanAnswer(string fast, string strong, bool needed) =>
        Assert.Equal(needed, Of(fast, strong, Given.Settings()).NeedsRecordings);

    [Theory]
    [InlineData(null, null)]
    [InlineData("X_KEY", "x-key")]
    public void Server_TakesTheTargetsPlace_WithTheKeyThatTheCommandLineNames(string? variable, string? key)
    {
        RunSettings settings = Given.Settings() with { BaseUrl = new Uri("http://some-host/v1"), ApiKeyVariable = variable, Variables = Variable };

        SampleConfiguration configuration = Of(Azure, """{ "provider": "openai", "model": "m", "organization": "o", "apiKeyVariable": "OPENAI_API_KEY", "apiKey": "own" }""", settings);

        Dictionary<string, string?> moved = new() { ["provider"] = "openai-compatible", ["endpoint"] = "http://some-host/v1", ["model"] = "m", ["apiKey"] = key };
        foreach (IConfigurationSection target in configuration.Routing.GetRequiredSection("targets").GetChildren())
        {
            Assert.Equal(
                moved.Where(value => value.Value is not null).OrderBy(value => value.Key, StringComparer.Ordinal),
                target.GetChildren().Select(value => KeyValuePair.Create(value.Key, value.Value)).OrderBy(value => value.Key, StringComparer.Ordinal));
        }

        Assert.False(configuration.NeedsRecordings);
    }

    private static string? Variable(string name) => name switch { "OPENAI_API_KEY" => "openai-key", "X_KEY" => "x-key", _ => null };

    private static SampleConfiguration Of(string fast, string strong, RunSettings settings)
    {
        using MemoryStream json = new(Encoding.UTF8.GetBytes($$"""{ "ArchRouter": { "targets": { "fast": {{fast}}, "strong": {{strong}} } } }"""));
        return SampleConfiguration.Of(new ConfigurationBuilder().AddJsonStream(json).Build(), settings);
    }
}
