using System.ComponentModel;

namespace CodingAgents;

/// <summary>The few git commands that the sample needs.</summary>
internal sealed class Git(string folder, IReadOnlyDictionary<string, string> environment)
{
    private readonly Command _git = new("git", folder, environment);

    /// <summary>Makes the folder a repository with one commit; false if git is not installed.</summary>
    public async Task<bool> TryInitAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunAsync(["init", "--quiet"], cancellationToken);
        }
        catch (Win32Exception)
        {
            return false;
        }

        await RunAsync(["add", "--all"], cancellationToken);
        await RunAsync(
            ["-c", "user.name=Coding agents", "-c", "user.email=agents@example.invalid", "commit", "--quiet", "--message", "Durations as texts"], cancellationToken);
        return true;
    }

    /// <summary>What changed since the commit, new files included.</summary>
    public async Task<string> DiffAsync(CancellationToken cancellationToken)
    {
        await RunAsync(["add", "--all", "--intent-to-add"], cancellationToken);
        return await RunAsync(["diff", "--no-color", "--no-ext-diff"], cancellationToken);
    }

    private async Task<string> RunAsync(string[] arguments, CancellationToken cancellationToken)
    {
        CommandResult result = await _git.RunAsync(["-c", "core.autocrlf=false", "-c", "core.hooksPath=none", .. arguments], cancellationToken);
        return result.Succeeded
            ? result.Output
            : throw new InvalidOperationException($"git {string.Join(' ', arguments)} failed: {result.Output.Trim()}");
    }
}
