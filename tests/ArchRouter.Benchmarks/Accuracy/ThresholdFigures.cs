using System.Globalization;

namespace ArchRouter.Benchmarks.Accuracy;

/// <summary>What thresholds would do to the answers of one decider over all cases: how many are still routed by a policy, and how many of these rightly.</summary>
internal sealed class ThresholdFigures
{
    private static readonly double[] Probabilities = [0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
    private static readonly double[] Margins = [0.1, 0.2, 0.3, 0.5, 0.75];
    private readonly List<(string Label, CaseAnswer Answer)> _answers = [];

    public void Add(RoutingCase routingCase, CaseAnswer answer) => _answers.Add((routingCase.Route, answer));

    public void Print()
    {
        Print("minimum probability", Probabilities, (answer, least) => answer.Probability >= least);
        Print("minimum margin", Margins, (answer, least) => answer.Margin >= least);
    }

    private void Print(string what, double[] thresholds, Func<CaseAnswer, double, bool> isClear)
    {
        Console.WriteLine();
        Console.WriteLine($"| {what} | routed by a policy | right of these | other found | right of all |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (double threshold in thresholds)
        {
            (string Label, string Answer)[] answers =
                [.. _answers.Select(a => (a.Label, isClear(a.Answer, threshold) ? a.Answer.Answer : RoutePolicy.Other))];
            double routed = Share(answers, a => a.Answer != RoutePolicy.Other);
            double right = Share(answers.Where(a => a.Answer != RoutePolicy.Other), a => a.Answer == a.Label);
            double found = Share(answers.Where(a => a.Label == RoutePolicy.Other), a => a.Answer == RoutePolicy.Other);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {threshold} | {routed:0.0 %} | {right:0.0 %} | {found:0.0 %} | {Share(answers, a => a.Answer == a.Label):0.0 %} |"));
        }
    }

    private static double Share<T>(IEnumerable<T> items, Func<T, bool> predicate) => items.Select(item => predicate(item) ? 1.0 : 0).DefaultIfEmpty(double.NaN).Average();
}
