using System.CommandLine;
using ArchRouter;
using Spectre.Console;

namespace CodingAgents;

/// <summary>The sample's command line.</summary>
internal static class SampleCommand
{
    private const int NarrowestTable = 150;

    public static RootCommand Create()
    {
        Option<Framework> framework = new("--framework") { Description = "sk: Semantic Kernel. maf: Microsoft Agent Framework." };
        Option<WorkflowKind> workflow = new("--workflow") { Description = "sequential: agents in a row. handoff: agents hand on (only with --framework maf)." };
        Option<Uri?> baseUrl = new("--base-url")
        {
            Description = "An OpenAI-compatible server, for example http://localhost:11434/v1 (Ollama). Without it: the targets of appsettings.json (OpenAI) if OPENAI_API_KEY is set, else recorded answers.",
            CustomParser = result =>
            {
                if (!Uri.TryCreate(result.Tokens[0].Value, UriKind.Absolute, out Uri? uri))
                {
                    result.AddError($"'{result.Tokens[0].Value}' is not an absolute address.");
                }

                return uri;
            },
        };
        Option<string?> keyVariable = new("--api-key-variable") { Description = "The environment variable with that server's key. Without it the server gets no key." };
        Option<string?> fast = new("--model-fast") { Description = "The model behind the target 'fast'." };
        Option<string?> strong = new("--model-strong") { Description = "The model behind the target 'strong'." };
        Option<int?> maxSteps = new("--max-steps")
        {
            Description = "How many steps the agents may take; one is an agent's turn with its tools.",
            CustomParser = result =>
            {
                if (int.TryParse(result.Tokens[0].Value, out int steps) && steps > 0)
                {
                    return steps;
                }

                result.AddError($"--max-steps takes a whole number from 1, not '{result.Tokens[0].Value}'.");
                return null;
            },
        };
        Option<bool> keep = new("--keep") { Description = "Keep the temporary repository." };
        Option<string> output = new("--output")
        {
            Description = "Where the timeline and the diff are written.",
            DefaultValueFactory = _ => Path.Combine("artifacts", "coding-agents"),
        };
        RootCommand command = new("Agents that do a small coding task; each of their steps is answered by the model whose policy fits.")
        {
            framework, workflow, baseUrl, keyVariable, fast, strong, maxSteps, keep, output,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(workflow) == WorkflowKind.Handoff && result.GetValue(framework) != Framework.Maf)
            {
                result.AddError("--workflow handoff needs --framework maf.");
            }

            if (result.GetValue(keyVariable) is { } variable)
            {
                if (result.GetResult(baseUrl) is null)
                {
                    result.AddError("--api-key-variable needs --base-url. The targets of appsettings.json name their own variables.");
                }
                else if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
                {
                    result.AddError($"--api-key-variable: the environment variable '{variable}' is not set.");
                }
            }
        });
        command.SetAction((parsed, cancellationToken) =>
        {
            AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, NarrowestTable);
            return RunAsync(
                AnsiConsole.Console,
                new RunSettings
                {
                    Framework = parsed.GetValue(framework),
                    Workflow = parsed.GetValue(workflow),
                    BaseUrl = parsed.GetValue(baseUrl),
                    ApiKeyVariable = parsed.GetValue(keyVariable),
                    FastModel = parsed.GetValue(fast),
                    StrongModel = parsed.GetValue(strong),
                    MaxSteps = parsed.GetValue(maxSteps),
                    Keep = parsed.GetValue(keep),
                    Output = parsed.GetValue(output)!,
                },
                cancellationToken);
        });
        return command;
    }

    private static async Task<int> RunAsync(IAnsiConsole console, RunSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            RunResult result = await new CodingRun(settings, new LiveReport(console)).RunAsync(cancellationToken);
            new FinalReport(console, settings).Write(result);
            return (int)result.End;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            console.MarkupLine("[yellow]Cancelled before the first step.[/]");
            return (int)RunEnd.Cancelled;
        }
        catch (Exception error) when (error is RouteTableException or InvalidDataException)
        {
            console.MarkupLineInterpolated($"[red]{error.Message}[/]");
            return (int)RunEnd.Failed;
        }
    }
}
