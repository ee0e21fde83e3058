using System.Text.Json;

namespace CodingAgents;

/// <summary>A tool that a request offers.</summary>
internal sealed record OfferedTool(string Name, string Description)
{
    private const string Handoff = "handoff_to_";

    public static OfferedTool Parse(JsonElement tool)
    {
        JsonElement function = tool.GetProperty("function");
        return new(function.GetProperty("name").GetString()!, function.TryGetProperty("description", out JsonElement text) ? text.GetString() ?? "" : "");
    }

    /// <summary>Whether this is the tool; Semantic Kernel puts the plugin's name before it.</summary>
    public bool Is(string tool) => Name == tool || Name.EndsWith("-" + tool, StringComparison.Ordinal);

    public bool IsHandoff => Name.StartsWith(Handoff, StringComparison.Ordinal);

    /// <summary>Whether this hands the work to the agent. Agent Framework numbers its handoff tools; only their descriptions name somebody.</summary>
    public bool HandsOffTo(string agent) => IsHandoff && Description.StartsWith($"To the {agent}:", StringComparison.Ordinal);
}
