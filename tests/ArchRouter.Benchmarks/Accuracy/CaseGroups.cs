using System.Globalization;

namespace ArchRouter.Benchmarks.Accuracy;

/// <summary>How often the answer is the label, by the number of policies and by the length of the conversation.</summary>
internal sealed class CaseGroups
{
    private readonly List<(RoutingCase Case, bool Right)> _answers = [];

    public static IReadOnlyList<(string Name, Func<RoutingCase, bool> IsIn)> ByPolicies { get; } =
        [Policies(3, 5), Policies(6, 10), Policies(11, 15), Policies(16, 25)];

    public static IReadOnlyList<(string Name, Func<RoutingCase, bool> IsIn)> ByMessages { get; } =
        [("1", c => c.Messages.Length == 1), ("2 to 5", c => c.Messages.Length is >= 2 and <= 5), ("6 and more", c => c.Messages.Length >= 6)];

    public void Add(RoutingCase routingCase, CaseAnswer answer) => _answers.Add((routingCase, answer.Answer == routingCase.Route));

    public void Print()
    {
        Print("policies", ByPolicies);
        Print("messages so far", ByMessages);
    }

    private static (string Name, Func<RoutingCase, bool> IsIn) Policies(int least, int most) =>
        ($"{least} to {most}", c => c.Routes.Length >= least && c.Routes.Length <= most);

    private void Print(string what, IReadOnlyList<(string Name, Func<RoutingCase, bool> IsIn)> groups)
    {
        Console.WriteLine();
        Console.WriteLine($"| {what} | cases | right |");
        Console.WriteLine("|---|---|---|");
        foreach ((string name, Func<RoutingCase, bool> isIn) in groups)
        {
            bool[] right = [.. _answers.Where(a => isIn(a.Case)).Select(a => a.Right)];
            double share = right.Select(r => r ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {right.Length} | {share:0.0 %} |"));
        }
    }
}
