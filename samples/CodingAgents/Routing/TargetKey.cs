using Microsoft.Extensions.Configuration;

namespace CodingAgents;

/// <summary>Which key goes to a target, by the library's rule: its own, else that of the variable it names, else, if it is OpenAI's, that of OPENAI_API_KEY.</summary>
internal static class TargetKey
{
    public static bool IsOpenAI(IConfigurationSection target) => string.Equals(target["provider"], "openai", StringComparison.OrdinalIgnoreCase);

    /// <summary>The environment variable that may hold the target's key, as far as this sample knows; null: none.</summary>
    public static string? VariableOf(IConfigurationSection target) => target["apiKeyVariable"] ?? (IsOpenAI(target) ? "OPENAI_API_KEY" : null);

    /// <summary>The key, or null: there is none, or the library finds it.</summary>
    public static string? Find(IConfigurationSection target, Func<string, string?> variables) =>
        target["apiKey"] is { Length: > 0 } own ? own
        : VariableOf(target) is { } name && variables(name) is { Length: > 0 } key ? key
        : null;
}
