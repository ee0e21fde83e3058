using System.Globalization;
using System.Xml.Linq;

namespace CodingAgents;

/// <summary>Draws the steps of a run as an SVG picture: a lane for each agent, a bar for each step, coloured by the target that served it.</summary>
internal static class Timeline
{
    private const int Left = 110;
    private const int Top = 84;
    private const int Column = 172;
    private const int Lane = 82;
    private const int Gap = 8;
    private const int Margin = 16;
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static XDocument Of(IReadOnlyList<Step> steps, string title)
    {
        string[] agents = [.. steps.Select(s => s.Agent).Distinct()];
        string[] targets = [.. steps.Select(s => s.Target).Distinct().Order(StringComparer.Ordinal)];
        int width = Math.Max(Left + Column * steps.Count + Margin, 640);
        int height = Top + Lane * agents.Length + 40;
        return new XDocument(new XElement(
            Svg + "svg",
            new XAttribute("viewBox", Invariant($"0 0 {width} {height}")),
            new XAttribute("width", width),
            new XAttribute("height", height),
            new XAttribute("role", "img"),
            new XElement(Svg + "title", title),
            new XElement(Svg + "style", TimelineStyle.Css),
            Rectangle(0, 0, width, height, "page"),
            Text(Margin, 30, "title", title),
            targets.SelectMany((target, i) => Legend(target, i)),
            agents.SelectMany((agent, i) => LaneOf(agent, i, width)),
            steps.SelectMany((step, i) => Bar(step, i, Array.IndexOf(agents, step.Agent), Array.IndexOf(targets, step.Target))),
            steps.Select((step, i) => Text(Left + Column * i + 4, height - 16, "small", $"{step.Number}: at {Short.Time(step.Start)}"))));
    }

    private static IEnumerable<XElement> Legend(string target, int index)
    {
        int x = Margin + index * 150;
        yield return Rectangle(x, 44, 16, 16, TimelineStyle.BarClass(index), 4);
        yield return Text(x + 24, 57, "small", target);
    }

    private static IEnumerable<XElement> LaneOf(string agent, int index, int width)
    {
        int y = Top + Lane * index;
        yield return Rectangle(Margin, y, width - 2 * Margin, Lane - Gap, "lane", 6);
        yield return Text(Margin + 10, y + (Lane - Gap) / 2 + 4, "agent", agent);
    }

    private static IEnumerable<XElement> Bar(Step step, int column, int lane, int target)
    {
        int x = Left + Column * column;
        int y = Top + Lane * lane + 6;
        yield return new XElement(
            Svg + "g",
            new XAttribute("class", "step"),
            new XElement(Svg + "title", $"{step.Number}. {step.Agent}: {step.Request}\n{step.Decision.Reason}\n{Short.Tools(step.Tools)}"),
            Rectangle(x, y, Column - Gap, Lane - Gap - 12, TimelineStyle.BarClass(target), 6),
            Text(x + 10, y + 19, "label", PolicyLabel.Of(step.Decision)),
            Text(x + 10, y + 37, "on", Invariant($"{step.Decision.Probability:0.00}  {step.Decision.Outcome}")),
            Text(x + 10, y + 54, "on", $"{step.Target}, {Short.Time(step.Elapsed)}"));
    }

    private static XElement Rectangle(int x, int y, int width, int height, string style, int radius = 0) => new(
        Svg + "rect",
        new XAttribute("x", x), new XAttribute("y", y), new XAttribute("width", width), new XAttribute("height", height), new XAttribute("rx", radius), new XAttribute("class", style));

    private static XElement Text(int x, int y, string style, string text) =>
        new(Svg + "text", new XAttribute("x", x), new XAttribute("y", y), new XAttribute("class", style), text);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
