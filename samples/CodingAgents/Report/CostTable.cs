using System.Globalization;
using Spectre.Console;

namespace CodingAgents;

/// <summary>Steps, tokens and cost by target.</summary>
internal static class CostTable
{
    public static Table Of(CostSummary summary)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumn("target").AddColumn("model");
        foreach (string column in new[] { "steps", "tokens in", "tokens out", "cost" })
        {
            table.AddColumn(new TableColumn(column).RightAligned());
        }

        foreach (TargetCost part in summary.Targets)
        {
            Add(table, part.ServiceId, part.Model, part.Steps, part.Tokens, part.Cost);
        }

        TokenCount tokens = TokenCount.Sum(summary.Targets.Select(t => t.Tokens));
        int steps = summary.Targets.Sum(t => t.Steps);
        Add(table.AddEmptyRow(), "this run", "", steps, tokens, summary.Total);
        Add(table, $"on '{SampleConfiguration.Strong}' alone", "", steps, tokens, summary.OnStrongAlone);
        return table;
    }

    public static string Money(decimal cost) => cost.ToString("0.0000", CultureInfo.InvariantCulture);

    private static void Add(Table table, string target, string model, int steps, TokenCount tokens, decimal cost) => table.AddRow(
        Markup.Escape(target), Markup.Escape(model), Number(steps), Number(tokens.Input), Number(tokens.Output), Money(cost));

    private static string Number(long number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
