using System.Text.Json.Nodes;

namespace ArchRouter.SK.Tests;

/// <summary>A request as it would have left the machine.</summary>
internal sealed record SentRequest(string Address, string? Authorization, string? ApiKey, JsonNode Body)
{
    public string Model => Body["model"]!.GetValue<string>();
}
