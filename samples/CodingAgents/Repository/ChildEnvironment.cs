using System.Collections;

namespace CodingAgents;

/// <summary>
/// The environment that git, builds and tests run in. Only what tools need is passed on: code that a model wrote must not find API keys
/// there, and the settings of the process that runs this sample (MSBuild's, a test host's) must not reach the inner build.
/// </summary>
internal static class ChildEnvironment
{
    private static readonly string[] PassedOn =
    [
        "PATH", "PATHEXT", "HOME", "USERPROFILE", "HOMEDRIVE", "HOMEPATH", "TMPDIR", "TMP", "TEMP", "LANG", "LC_ALL", "DOTNET_ROOT",
        "SYSTEMROOT", "WINDIR", "COMSPEC", "SYSTEMDRIVE", "APPDATA", "LOCALAPPDATA", "PROGRAMDATA", "PROGRAMFILES", "PROGRAMFILES(X86)",
        "NUMBER_OF_PROCESSORS", "PROCESSOR_ARCHITECTURE",
    ];

    /// <param name="home">A folder for what the tools would otherwise keep in the user's home.</param>
    public static IReadOnlyDictionary<string, string> In(string home)
    {
        Dictionary<string, string> environment = new(StringComparer.OrdinalIgnoreCase)
        {
            ["DOTNET_CLI_HOME"] = home,
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["DOTNET_CLI_UI_LANGUAGE"] = "en",
            ["DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE"] = "true",
            ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
            ["DOTNET_ADD_GLOBAL_TOOLS_TO_PATH"] = "false",
            ["DOTNET_NOLOGO"] = "1",
            // Builds here are short; profiling them costs more than it gives.
            ["DOTNET_TieredPGO"] = "0",
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["NUGET_PACKAGES"] = Path.Combine(home, "packages"),
            ["GIT_CONFIG_GLOBAL"] = Path.Combine(home, "gitconfig"),
            ["GIT_CONFIG_NOSYSTEM"] = "1",
            ["GIT_TERMINAL_PROMPT"] = "0",
        };
        foreach (DictionaryEntry variable in System.Environment.GetEnvironmentVariables())
        {
            if (PassedOn.Contains((string)variable.Key, StringComparer.OrdinalIgnoreCase) && variable.Value is string value)
            {
                environment.TryAdd((string)variable.Key, value);
            }
        }

        return environment;
    }
}
