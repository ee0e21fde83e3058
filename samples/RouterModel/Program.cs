using System.CommandLine;
using System.Diagnostics;
using ArchRouter;
using ArchRouter.Onnx;
using RouterModel;
using Spectre.Console;

Option<string?> folderOption = new("--folder") { Description = "A router model's folder in the form of ONNX Runtime GenAI, such as a converted Arch-Router-1.5B. Without it a small one with random weights is made." };
Option<string> layoutOption = new("--layout") { Description = "The prompt layout, where the folder's router.json names none.", DefaultValueFactory = _ => "arch-router-card" };
RootCommand command = new("Routes with a router LLM on plain ONNX Runtime and prints probabilities and times.") { folderOption, layoutOption };
command.SetAction(async (parsed, cancellationToken) =>
{
    AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 120);
    using SyntheticFolder? synthetic = parsed.GetValue(folderOption) is null ? SyntheticFolder.Create() : null;
    string folder = parsed.GetValue(folderOption) ?? synthetic!.Path;
    if (synthetic is not null)
    {
        AnsiConsole.MarkupLine("[yellow]This model has random weights: its times are real, its choices mean nothing.[/] Pass --folder for a real one.");
    }

    long started = Stopwatch.GetTimestamp();
    await using DecoderRouterEngine engine = DecoderRouterEngine.Load(folder, new DecoderOptions { Layout = parsed.GetValue(layoutOption) });
    AnsiConsole.MarkupLineInterpolated($"Loaded '{engine.ModelId}' in {Stopwatch.GetElapsedTime(started).TotalMilliseconds:0} ms.");

    // No deadline: the first decision on a processor may read policies for seconds, and the sample shows how long.
    PreferenceRouter router = new(new RouteTables(SampleRoutes.Table), engine, new RouterOptions { Deadline = Timeout.InfiniteTimeSpan });
    Table table = new Table().Border(TableBorder.Rounded).AddColumns("request", "", "policies, most probable first", "tier", "ms");
    foreach (string request in SampleRoutes.Requests)
    {
        RoutingDecision decision = await router.RouteAsync(
            new RouteContext { Conversation = new ConversationWindow([new(ConversationRole.User, request)]) }, cancellationToken);
        table.AddRow(
            Markup.Escape(request),
            request == SampleRoutes.Requests[0] ? "cold" : "warm",
            Markup.Escape(string.Join(", ", decision.Alternatives.Take(3).Select(a => $"{a.Name} {a.Probability:0.00}"))),
            $"{decision.Tier}",
            $"{decision.Elapsed.TotalMilliseconds:0.0}");
    }

    AnsiConsole.Write(table);
});
return await command.Parse(args).InvokeAsync();
