using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CodingAgents.Tests;

public sealed class ChatClientsTests
{
    [Theory]
    [InlineData("openai", null, "OPENAI_API_KEY")]
    [InlineData("openai-compatible", "X_KEY", "X_KEY")]
    public void MissingKey_IsNamed(string provider, string? variable, string named)
    {
        IConfigurationSection routing = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["r:targets:fast:provider"] = provider,
            ["r:targets:fast:model"] = "m",
            ["r:targets:fast:endpoint"] = "http://some-host/v1",
            ["r:targets:fast:apiKeyVariable"] = variable,
        }).Build().GetRequiredSection("r");

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => new ServiceCollection().AddChatClients(routing));

        Assert.Contains("r:targets:fast", error.Message, StringComparison.Ordinal);
        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }
}
