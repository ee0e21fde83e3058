using System.Globalization;
using ArchRouter;
using Spectre.Console;

namespace QuickStart;

/// <summary>Prints decisions, one row each.</summary>
internal sealed class DecisionTable
{
    private const int OtherColumns = 52;
    private static readonly int WidestRequest = Math.Clamp(AnsiConsole.Profile.Width - OtherColumns, 20, 70);
    private readonly Table _table = new Table().Border(TableBorder.Rounded)
        .AddColumn("request")
        .AddColumn(new TableColumn("policy").NoWrap())
        .AddColumn(new TableColumn("prob.").RightAligned().NoWrap())
        .AddColumn(new TableColumn("target").NoWrap())
        .AddColumn(new TableColumn("ms").RightAligned().NoWrap());

    public void Add(string request, int turns, RoutingDecision decision) => _table.AddRow(
        Markup.Escape(Shorten(request) + (turns > 1 ? $" (turn {(turns + 1) / 2})" : "")),
        Markup.Escape(decision.Policy ?? (decision.Outcome == RoutingOutcome.NoMatch ? RoutePolicy.Other : decision.Outcome.ToString())),
        decision.Probability?.ToString("0.00", CultureInfo.InvariantCulture) ?? "",
        Markup.Escape(decision.ServedBy ?? decision.Target.ServiceId),
        decision.Elapsed.TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture));

    public void Print() => AnsiConsole.Write(_table);

    private static string Shorten(string text) => text.Length <= WidestRequest ? text : text[..(WidestRequest - 1)] + "…";
}
