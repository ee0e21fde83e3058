using System.Diagnostics;
using System.Text;

namespace CodingAgents;

/// <summary>Runs a program to its end in a folder, without a shell.</summary>
internal sealed record Command(string FileName, string Folder, IReadOnlyDictionary<string, string> Environment)
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    /// <exception cref="System.ComponentModel.Win32Exception">There is no such program.</exception>
    public async Task<CommandResult> RunAsync(IEnumerable<string> arguments, CancellationToken cancellationToken)
    {
        ProcessStartInfo start = new(FileName, arguments)
        {
            WorkingDirectory = Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            StandardOutputEncoding = Encoding.UTF8,
            StandardErrorEncoding = Encoding.UTF8,
        };
        start.Environment.Clear();
        foreach ((string name, string value) in Environment)
        {
            start.Environment[name] = value;
        }

        StringBuilder output = new();
        using Process process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using CancellationTokenSource limited = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limited.CancelAfter(Limit);
        try
        {
            await process.WaitForExitAsync(limited.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None);
            cancellationToken.ThrowIfCancellationRequested();
            return new CommandResult(-1, $"{output}Stopped: it ran for more than {Limit.TotalMinutes} minutes.");
        }

        return new CommandResult(process.ExitCode, output.ToString());

        // Both streams are read at once.
        void Keep(string? line)
        {
            lock (output)
            {
                _ = line is null ? output : output.Append(line).Append('\n');
            }
        }
    }
}
