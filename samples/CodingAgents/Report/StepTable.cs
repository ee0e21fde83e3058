using System.Globalization;
using Spectre.Console;

namespace CodingAgents;

/// <summary>All steps of a run, one row each.</summary>
internal static class StepTable
{
    private const int OtherColumns = 119;

    public static Table Of(IEnumerable<Step> steps, int width)
    {
        Table table = new Table().Border(TableBorder.Rounded)
            .AddColumn(new TableColumn("#").RightAligned().NoWrap())
            .AddColumn(new TableColumn("agent").NoWrap())
            .AddColumn("request")
            .AddColumn(new TableColumn("policy").NoWrap())
            .AddColumn(new TableColumn("prob.").RightAligned().NoWrap())
            .AddColumn(new TableColumn("outcome").NoWrap())
            .AddColumn(new TableColumn("target").NoWrap())
            .AddColumn("tools")
            .AddColumn(new TableColumn("latency").RightAligned().NoWrap());
        foreach (Step step in steps)
        {
            table.AddRow(
                step.Number.ToString(CultureInfo.InvariantCulture),
                Markup.Escape(step.Agent),
                Markup.Escape(Short.Text(step.Request, Math.Max(24, width - OtherColumns))),
                Markup.Escape(PolicyLabel.Of(step.Decision)),
                step.Decision.Probability?.ToString("0.00", CultureInfo.InvariantCulture) ?? "",
                step.Decision.Outcome.ToString(),
                Markup.Escape(step.Target),
                Markup.Escape(Short.Tools(step.Tools)),
                Short.Time(step.Elapsed));
        }

        return table;
    }
}
