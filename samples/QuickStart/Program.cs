using System.CommandLine;
using System.Diagnostics;
using ArchRouter;
using Microsoft.SemanticKernel;
using QuickStart;
using Spectre.Console;

Argument<string?> request = new("request") { Arity = ArgumentArity.ZeroOrOne, Description = "One request to route; without it, the sample's own are." };
Option<bool> interactive = new("--interactive") { Description = "Keep a conversation; an empty line ends it." };
Option<Uri?> baseUrl = new("--base-url") { Description = "An OpenAI-compatible server, for example http://localhost:11434/v1 (Ollama)." };
Option<string?> model = new("--model") { Description = "The model that every target uses, for servers that have only one." };
RootCommand command = new("Routes requests to chat services by policies in plain language.") { request, interactive, baseUrl, model };
command.SetAction(async (parsed, cancellationToken) =>
{
    AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 110);
    Targets targets = new(parsed.GetValue(baseUrl), parsed.GetValue(model));
    long started = Stopwatch.GetTimestamp();
    IKernelBuilder builder = Kernel.CreateBuilder();
    targets.Register(builder);
    builder.AddArchRouterSelector(CodingRoutes.Add);
    Kernel kernel = builder.Build();
    await kernel.GetRequiredService<PreferenceRouter>().WarmUpAsync(cancellationToken);
    AnsiConsole.MarkupLineInterpolated($"Router ready in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms. Targets are {targets.Describe()}.");

    if (parsed.GetValue(interactive))
    {
        await KeepConversationAsync(kernel, cancellationToken);
    }
    else
    {
        await AnswerAllAsync(kernel, parsed.GetValue(request) is { } text ? [[text]] : SampleRequests.All, printAnswers: parsed.GetValue(request) is not null, cancellationToken);
    }
});
return await command.Parse(args).InvokeAsync();

static async Task AnswerAllAsync(Kernel kernel, IReadOnlyList<string[]> requests, bool printAnswers, CancellationToken cancellationToken)
{
    DecisionTable table = new();
    foreach (string[] messages in requests)
    {
        Conversation conversation = new(messages);
        FunctionResult result = await conversation.AskAsync(kernel, cancellationToken);
        RoutingDecision decision = result.GetRoutingDecision()!;
        table.Add(conversation.Latest, conversation.Count, decision);
        if (printAnswers)
        {
            AnsiConsole.MarkupLineInterpolated($"[dim]{decision.Reason}[/]");
            AnsiConsole.WriteLine(result.ToString());
        }
    }

    table.Print();
}

static async Task KeepConversationAsync(Kernel kernel, CancellationToken cancellationToken)
{
    Conversation conversation = new([]);
    while (AnsiConsole.Prompt(new TextPrompt<string>("[bold]you>[/]").AllowEmpty()) is { Length: > 0 } text)
    {
        conversation.Add(text);
        FunctionResult result = await conversation.AskAsync(kernel, cancellationToken);
        conversation.Add(result.ToString());
        AnsiConsole.MarkupLineInterpolated($"[dim]{result.GetRoutingDecision()!.Reason}[/]");
        AnsiConsole.MarkupLineInterpolated($"[bold]{result.GetRoutingDecision()!.ServedBy}>[/] {result.ToString()}");
    }
}
