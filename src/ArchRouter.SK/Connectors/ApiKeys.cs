using Microsoft.Extensions.Configuration;

namespace ArchRouter.SK;

/// <summary>Finds a target's key: in its configuration, in the variable that it names, or in the provider's usual one. A key is never quoted.</summary>
internal sealed class ApiKeys(IConfiguration? configuration, IEnvironmentVariables variables, List<RouteTableProblem> problems)
{
    public string? Find(ConfiguredTarget target, TargetsSource source, TargetProvider provider, bool isRequired)
    {
        string secret = source.SecretOf(target);
        string? named = target.Text("apiKeyVariable");
        (string? key, string where) = Literal(target, secret) is { } literal ? (literal, $"the setting {secret}")
            : named is not null ? (variables.Get(named), Variable(named))
            : provider.ApiKeyVariables.Select(name => (variables.Get(name), $"the environment variable {name}")).FirstOrDefault(found => !string.IsNullOrWhiteSpace(found.Item1));
        key = key?.Trim();
        if (string.IsNullOrEmpty(key))
        {
            if (isRequired || named is not null)
            {
                problems.Add(Missing(target, provider, named, secret));
            }

            return null;
        }

        if (key.AsSpan().IndexOfAnyExceptInRange('!', '~') >= 0)
        {
            problems.Add(new(target.Location, $"The API key of the target '{target.ServiceId}' in {where} has characters that no key has.", "Set it again, without spaces, quotes or line breaks."));
            return null;
        }

        return key;
    }

    private string? Literal(ConfiguredTarget target, string secret) =>
        target.Fields["apiKey"] is ConfigScalar { Kind: ScalarKind.Untyped, Text: { } text } && !string.IsNullOrWhiteSpace(text) ? text
        : configuration?[secret] is { } other && !string.IsNullOrWhiteSpace(other) ? other
        : null;

    /// <summary>The variable in words. Who writes the key itself where its variable's name belongs must not find it in a log.</summary>
    private static string Variable(string name) =>
        char.IsAsciiLetterUpper(name[0]) && name.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_')
            ? $"the environment variable {name}"
            : "the environment variable that 'apiKeyVariable' names";

    private static RouteTableProblem Missing(ConfiguredTarget target, TargetProvider provider, string? named, string secret)
    {
        string set = named is not null ? $"Set {Variable(named)}, or correct its name"
            : provider.ApiKeyVariables.Count > 0 ? $"Set the environment variable {string.Join(" or ", provider.ApiKeyVariables)}, or name another with 'apiKeyVariable'"
            : "Name its environment variable with 'apiKeyVariable'";
        return new(
            target.At("apiKeyVariable"),
            $"The target '{target.ServiceId}' ({provider.Name}) has no API key{(named is null ? "" : $": {Variable(named)} is not set")}.",
            $"{set}; or keep it out of the repository with: dotnet user-secrets set \"{secret}\" KEY; or use a provider that needs none: ollama, vllm, lm-studio or openai-compatible.");
    }
}
