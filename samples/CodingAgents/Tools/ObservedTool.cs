using System.Diagnostics;
using Microsoft.Extensions.AI;

namespace CodingAgents;

/// <summary>A tool whose uses are noted and whose failures go back to the model as text.</summary>
internal sealed class ObservedTool(AIFunction tool, ToolJournal journal, ToolGate gate) : DelegatingAIFunction(tool)
{
    protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken) =>
        gate.RunAsync(token => UseAsync(arguments, token), cancellationToken);

    private async ValueTask<object?> UseAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        if (!journal.TryBegin())
        {
            return "Refused: this step has used enough tools. Answer with what you have.";
        }

        long started = Stopwatch.GetTimestamp();
        bool failed = false;
        object? result;
        try
        {
            result = await base.InvokeCoreAsync(arguments, cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
#pragma warning disable CA1031 // Whatever goes wrong in a tool, the model is told and can do something else.
        catch (Exception error)
#pragma warning restore CA1031
        {
            failed = true;
            result = error is ToolRefusedException ? error.Message : $"The tool failed: {error.Message}";
        }

        string detail = arguments.TryGetValue("path", out object? path) ? path?.ToString() ?? "" : FirstLine(result as string ?? "");
        journal.Add(new ToolCall(Name, detail, failed, Stopwatch.GetElapsedTime(started)));
        return result;
    }

    private string FirstLine(string text) => Name switch
    {
        "build" => text.Split('\n')[0],
        "run_tests" => text.TrimEnd().Split('\n')[^1],
        _ => $"{text.Split('\n').Length} lines",
    };
}
