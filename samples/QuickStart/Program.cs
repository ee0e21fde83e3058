using System.CommandLine;
using System.Diagnostics;
using ArchRouter;
using Microsoft.SemanticKernel;
using QuickStart;
using Spectre.Console;

Argument<string?> request = new("request") { Arity = ArgumentArity.ZeroOrOne, Description = "One request to route; without it, the sample's own are." };
Option<bool> interactive = new("--interactive") { Description = "Keep a conversation; an empty line ends it." };
Option<Uri?> baseUrl = new("--base-url")
{
    Description = "An OpenAI-compatible server, for example http://localhost:11434/v1 (Ollama).",
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
Option<string?> model = new("--model") { Description = "The model that every target uses, for servers that have only one." };
RootCommand command = new("Routes requests to chat services by policies in plain language.") { request, interactive, baseUrl, keyVariable, model };
command.Validators.Add(result =>
{
    if (result.GetValue(keyVariable) is { } variable)
    {
        if (result.GetResult(baseUrl) is null)
        {
            result.AddError("--api-key-variable needs --base-url. OpenAI's key is in OPENAI_API_KEY.");
        }
        else if (string.IsNullOrEmpty(Environment.GetEnvironmentVariable(variable)))
        {
            result.AddError($"--api-key-variable: the environment variable '{variable}' is not set.");
        }
    }
});
command.SetAction(async (parsed, cancellationToken) =>
{
    AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 110);
    Targets targets = new(
        parsed.GetValue(baseUrl),
        parsed.GetValue(model),
        Environment.GetEnvironmentVariable("OPENAI_API_KEY"),
        parsed.GetValue(keyVariable) is { } variable ? Environment.GetEnvironmentVariable(variable) : null);
    long started = Stopwatch.GetTimestamp();
    IKernelBuilder builder = Kernel.CreateBuilder();
    targets.Register(builder);
    builder.AddArchRouterSelector(CodingRoutes.Add);
    Kernel kernel = builder.Build();
    await kernel.GetRequiredService<PreferenceRouter>().WarmUpAsync(cancellationToken);
    AnsiConsole.MarkupLineInterpolated($"Router ready in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms. Targets are {targets.Describe()}.");

    try
    {
        if (parsed.GetValue(interactive))
        {
            await KeepConversationAsync(kernel, cancellationToken);
        }
        else
        {
            string? one = parsed.GetValue(request);
            await AnswerAllAsync(kernel, one is null ? SampleRequests.All : [[one]], printAnswers: one is not null, cancellationToken);
        }

        return 0;
    }
    catch (Exception error) when (error is HttpOperationException or HttpRequestException or IOException
        || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
    {
        AnsiConsole.MarkupLineInterpolated($"[red]The target failed, as the routed call shows it:[/] {error.Message}");
        return 1;
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
    while (ReadRequest() is { Length: > 0 } text)
    {
        conversation.Add(text);
        FunctionResult result = await conversation.AskAsync(kernel, cancellationToken);
        conversation.Add(result.ToString());
        AnsiConsole.MarkupLineInterpolated($"[dim]{result.GetRoutingDecision()!.Reason}[/]");
        AnsiConsole.MarkupLineInterpolated($"[bold]{result.GetRoutingDecision()!.ServedBy}>[/] {result.ToString()}");
    }
}

// Not Spectre's prompt, which refuses input that is piped in.
static string? ReadRequest()
{
    AnsiConsole.Markup("[bold]you>[/] ");
    return Console.ReadLine();
}
