#!/usr/bin/env dotnet
#:project ../../src/ArchRouter.SK
// Made from notebooks/01-first-routing.ipynb; change the notebook, not this file. notebooks/README.md says how.

using System.Runtime.CompilerServices;
using System.Threading;
using ArchRouter;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

// # First routing
//
// Two chat services, two route policies, and a kernel that sends each request to the service whose policy fits. Nothing here leaves the machine: the
// router model is bundled, and the two services are stand-ins that say who they are.

// ## The services
//
// In an application these are `builder.AddOpenAIChatCompletion("gpt-5-mini", key, serviceId: "fast")` and its like. What matters is the `serviceId`.

// ## The kernel
//
// One call adds the router. Each policy has a name, a sentence that says which requests it covers, and the service that answers them; the fallback
// answers the rest.
IKernelBuilder builder = Kernel.CreateBuilder();
builder.Services.AddKeyedSingleton<IChatCompletionService>("fast", new StandIn("fast"));
builder.Services.AddKeyedSingleton<IChatCompletionService>("strong", new StandIn("strong"));
builder.AddArchRouterSelector(routes => routes
    .Route("code_generation", "Writing new functions, classes, scripts or tests from a description", to: "strong", orElse: ["fast"])
    .Route("code_understanding", "Explaining, summarising or answering questions about existing code", to: "fast")
    .Rule("minutes", new RuleCondition { Function = "WriteMinutes" }, to: "fast")
    .Fallback("fast"));
Kernel kernel = builder.Build();

// ## One request
//
// The result carries the decision, with a reason in one line.
FunctionResult result = await kernel.InvokePromptAsync("Write a function that merges two sorted lists.");
RoutingDecision decision = result.GetRoutingDecision()!;
Console.WriteLine(result);
Console.WriteLine(decision.Reason);

// ## All that the router model said
//
// Every policy gets a probability, and so does `other`, which stands for "none of these".
foreach (PolicyProbability alternative in decision.Alternatives)
{
    Console.WriteLine($"{alternative.Probability:0.00}  {alternative.Name}");
}

// ## Several requests
string[] requests =
[
    "Write a SQL script that creates a table of customers.",
    "What does this regular expression match: ^a+$",
    "Add unit tests for the parser.",
    "What is the capital of Australia?",
];
foreach (string request in requests)
{
    RoutingDecision of = (await kernel.InvokePromptAsync(request)).GetRoutingDecision()!;
    Console.WriteLine($"{of.Target,-7} {of.Policy ?? RoutePolicy.Other,-19} {of.Probability:0.00}  {request}");
}

// ## Streaming
//
// The decision is made before the first update and comes with it.
await foreach (StreamingKernelContent update in kernel.InvokePromptStreamingAsync("Summarise what this class does."))
{
    if (update.GetRoutingDecision() is { } streamed)
    {
        Console.WriteLine(streamed.Reason);
    }

    Console.Write(update);
}

Console.WriteLine();

// ## Where no model is asked
//
// A call that names its service is left to Semantic Kernel and carries no decision. A rule decides by what is known of the call, here the name of the
// function.
var named = new KernelArguments(new PromptExecutionSettings { ServiceId = "strong" });
FunctionResult left = await kernel.InvokePromptAsync("What is the capital of Australia?", named);
Console.WriteLine($"{left} {left.GetRoutingDecision()?.Reason ?? "no decision"}");

KernelFunction minutes = kernel.CreateFunctionFromPrompt("Write minutes of this meeting: {{$input}}", functionName: "WriteMinutes");
FunctionResult ruled = await kernel.InvokeAsync(minutes, new() { ["input"] = "We agreed to ship on Monday." });
Console.WriteLine($"{ruled} {ruled.GetRoutingDecision()!.Reason}");

// ## Without calling a model
//
// `PreferenceRouter` is in the container, for tests of your policies and for looking before a call. Notebook 02 measures with it.
PreferenceRouter router = kernel.GetRequiredService<PreferenceRouter>();
RoutingDecision only = await router.RouteAsync(new RouteContext
{
    Conversation = new ConversationWindow([new(ConversationRole.User, "Explain the method ToString of this record.")]),
});
Console.WriteLine($"{only.Outcome}: {only.Policy} by {only.EngineId}, {only.Alternatives.Count} answers considered");

class StandIn(string name) : IChatCompletionService
{
    public IReadOnlyDictionary<string, object?> Attributes { get; } = new Dictionary<string, object?>();

    public Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default) =>
        Task.FromResult<IReadOnlyList<ChatMessageContent>>([new(AuthorRole.Assistant, $"[answer of '{name}']")]);

    public async IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
        ChatHistory chatHistory, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (string part in new[] { "[answer ", "of ", $"'{name}']" })
        {
            await Task.Yield();
            yield return new(AuthorRole.Assistant, part);
        }
    }
}

/// <summary>What a notebook shows in place, written to a file here.</summary>
internal static class NotebookDisplay
{
    private static int s_pictures;

    public static void DisplayAs(this string content, string mimeType)
    {
        string file = Path.Combine(Path.GetTempPath(), $"archrouter-01-first-routing-{++s_pictures}.svg");
        File.WriteAllText(file, content);
        Console.WriteLine($"{mimeType}: {file}");
    }
}
