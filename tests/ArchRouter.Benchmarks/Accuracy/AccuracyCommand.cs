using System.Globalization;
using System.Text.Json;
using ArchRouter.Onnx;

namespace ArchRouter.Benchmarks.Accuracy;

/// <summary>Measures how often the encoder picks the right policy on labelled cases, with baselines beside it.</summary>
public static class AccuracyCommand
{
    private const double TfIdfThreshold = 0.10;
    private const double AllowedDifference = 0.005;

    /// <summary>Runs <c>accuracy CASES [--model FOLDER] [--reference FILE]</c> and prints a table per decider.</summary>
    /// <param name="args">A file of cases or a folder of such files; a model folder instead of the bundled one; recorded figures to compare with.</param>
    /// <returns>
    /// 0; 1 if a figure differs from the reference by more than half a point, or if there was nothing to compare; 2 for wrong arguments, or if there
    /// are no cases.
    /// </returns>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args.Length % 2 == 0 || args.Skip(1).Chunk(2).Any(pair => pair[0] is not ("--model" or "--reference")))
        {
            Console.Error.WriteLine("accuracy CASES [--model FOLDER] [--reference FILE], CASES being a file or a folder of .jsonl or .jsonl.gz");
            return 2;
        }

        if (!CaseSets.TryRead(args[0], out Dictionary<string, List<RoutingCase>>? cases, out string? problem))
        {
            Console.Error.WriteLine(problem);
            return 2;
        }

        Dictionary<string, string> options = args.Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        using EncoderRouterEngine engine = options.TryGetValue("--model", out string? folder) ? EncoderRouterEngine.Load(folder) : EncoderRouterEngine.LoadBundled();
        Dictionary<string, AccuracyFigures> encoder = Measure(new EncoderDecider(engine), cases);
        foreach (IDecider baseline in new IDecider[] { new AlwaysOther(), new KeywordOverlap(), new TfIdfNearest(TfIdfThreshold), new SemanticRoutingDecider(engine) })
        {
            Measure(baseline, cases);
        }

        return options.TryGetValue("--reference", out string? reference) ? Compare(encoder, reference) : 0;
    }

    private static Dictionary<string, AccuracyFigures> Measure(IDecider decider, Dictionary<string, List<RoutingCase>> sets)
    {
        var calibration = new CalibrationError();
        var thresholds = new ThresholdFigures();
        var groups = new CaseGroups();
        bool calibrated = false;
        Dictionary<string, AccuracyFigures> all = [];
        foreach ((string set, List<RoutingCase> cases) in sets)
        {
            AccuracyFigures figures = all[set] = new AccuracyFigures();
            foreach (RoutingCase routingCase in cases)
            {
                CaseAnswer answer = decider.Decide(routingCase);
                figures.Add(routingCase, answer);
                if (answer.Probability is { } probability)
                {
                    calibrated = true;
                    calibration.Add(probability, routingCase.Accepts(answer.Answer));
                    thresholds.Add(routingCase, answer);
                    groups.Add(routingCase, answer);
                }
            }
        }

        Print(decider.Name, all);
        if (calibrated)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"expected calibration error: {calibration.Value:0.000}"));
            thresholds.Print();
            groups.Print();
        }

        return all;
    }

    private static void Print(string decider, Dictionary<string, AccuracyFigures> all)
    {
        Console.WriteLine();
        Console.WriteLine($"| {decider} | cases | strict | lenient | in-scope top-1 | recall of other |");
        Console.WriteLine("|---|---|---|---|---|---|");
        foreach ((string set, AccuracyFigures figures) in all)
        {
            Row(set, figures.Cases, figures.Strict, figures.Lenient, figures.InScopeTop1, figures.OtherRecall);
        }

        double Mean(Func<AccuracyFigures, double> pick) => all.Values.Select(pick).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        Row("mean of sets", all.Values.Sum(f => f.Cases), Mean(f => f.Strict), Mean(f => f.Lenient), Mean(f => f.InScopeTop1), Mean(f => f.OtherRecall));
    }

    private static void Row(string name, int cases, params double[] figures) => Console.WriteLine(
        $"| {name} | {cases} | {string.Join(" | ", figures.Select(f => double.IsFinite(f) ? f.ToString("0.000", CultureInfo.InvariantCulture) : "-"))} |");

    private static int Compare(Dictionary<string, AccuracyFigures> measured, string reference)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(reference));
        bool far = false;
        int compared = 0;
        Console.WriteLine();
        foreach ((string set, AccuracyFigures figures) in measured)
        {
            if (!document.RootElement.TryGetProperty($"{set}.jsonl", out JsonElement recorded))
            {
                continue;
            }

            if (recorded.GetProperty("n").GetInt32() is var cases && cases != figures.Cases)
            {
                Console.WriteLine($"{set}: {figures.Cases} cases, the reference is for {cases}; not compared");
                continue;
            }

            compared++;
            foreach ((string name, double value) in new[] { ("strict", figures.Strict), ("lenient", figures.Lenient), ("top1_in_scope", figures.InScopeTop1) })
            {
                if (recorded.GetProperty(name).ValueKind != JsonValueKind.Number)
                {
                    continue;
                }

                double difference = value - recorded.GetProperty(name).GetDouble();
                far |= Math.Abs(difference) > AllowedDifference;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{set} {name}: {difference * 100:+0.00;-0.00;0.00} points from the reference"));
            }
        }

        Console.WriteLine(compared == 0 ? "Nothing to compare with the reference." : far ? "Too far from the reference." : "Within half a point of the reference.");
        return far || compared == 0 ? 1 : 0;
    }
}
