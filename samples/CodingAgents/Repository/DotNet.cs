namespace CodingAgents;

/// <summary>Builds the agents' repository and runs its checks, with nothing left running afterwards.</summary>
internal sealed class DotNet(string folder, IReadOnlyDictionary<string, string> environment)
{
    private const string Checks = "tests/Durations.Checks/bin/Debug/net10.0/Durations.Checks.dll";

    private readonly Command _dotnet = new(System.Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", folder, environment);

    public async Task<CommandResult> BuildAsync(CancellationToken cancellationToken)
    {
        // A failed build must not leave an older program behind that the tests would then run.
        string checks = Path.Combine(folder, Checks);
        if (File.Exists(checks))
        {
            File.Delete(checks);
        }

        CommandResult result = await _dotnet.RunAsync(
            ["build", "--disable-build-servers", "-nodeReuse:false", "-maxCpuCount:1", "-verbosity:quiet", "-consoleLoggerParameters:NoSummary;ErrorsOnly"], cancellationToken);
        return result with { Output = result.Succeeded ? "Build succeeded." : Shorten(result.Output) };
    }

    public async Task<CommandResult> TestAsync(CancellationToken cancellationToken) => File.Exists(Path.Combine(folder, Checks))
        ? await _dotnet.RunAsync(["exec", Checks], cancellationToken)
        : new CommandResult(1, "There is no successful build to test. Build first.");

    /// <summary>Paths from the repository's root, each error once.</summary>
    private string Shorten(string output) => string.Join('\n', output
        .Replace(folder + Path.DirectorySeparatorChar, "", StringComparison.Ordinal)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.IndexOf(" [", StringComparison.Ordinal) is > 0 and int end && line.EndsWith(']') ? line[..end] : line)
        .Distinct()
        .Prepend("Build failed."));
}
