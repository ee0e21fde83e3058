using System.Globalization;
using System.Text.Json;
using ArchRouter.Onnx;

namespace ArchRouter.Benchmarks.Accuracy;

/// <summary>Measures how often the encoder picks the right policy on labelled cases, with baselines beside it.</summary>
public static class AccuracyCommand
{
    private const double TfIdfThreshold = 0.10;
    private const double AllowedDifference = 0.005;

    /// <summary>Runs <c>accuracy FOLDER [--model FOLDER] [--reference FILE]</c> and prints a table per decider.</summary>
    /// <param name="args">The folder with <c>*.jsonl</c> files; a model folder instead of the bundled one; recorded figures to compare with.</param>
    /// <returns>0; 1 if a figure differs from the reference by more than half a point; 2 for wrong arguments.</returns>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args.Length == 0 || args.Length % 2 == 0 || !Directory.Exists(args[0]))
        {
            Console.Error.WriteLine("accuracy FOLDER-WITH-JSONL [--model FOLDER] [--reference FILE]");
            return 2;
        }

        Dictionary<string, string> options = args.Skip(1).Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);
        string[] files = [.. Directory.GetFiles(args[0], "*.jsonl").Order(StringComparer.Ordinal)];
        Dictionary<string, List<RoutingCase>> cases = files.ToDictionary(file => Path.GetFileName(file), RoutingCase.ReadFile);
        using EncoderRouterEngine engine = options.TryGetValue("--model", out string? folder) ? EncoderRouterEngine.Load(folder) : EncoderRouterEngine.LoadBundled();
        Dictionary<string, AccuracyFigures> encoder = Measure(new EncoderDecider(engine), cases);
        foreach (IDecider baseline in new IDecider[] { new AlwaysOther(), new KeywordOverlap(), new TfIdfNearest(TfIdfThreshold), new SemanticRoutingDecider(engine) })
        {
            Measure(baseline, cases);
        }

        return options.TryGetValue("--reference", out string? reference) ? Compare(encoder, reference) : 0;
    }

    private static Dictionary<string, AccuracyFigures> Measure(IDecider decider, Dictionary<string, List<RoutingCase>> files)
    {
        var calibration = new CalibrationError();
        var thresholds = new ThresholdFigures();
        var groups = new CaseGroups();
        bool calibrated = false;
        Dictionary<string, AccuracyFigures> all = [];
        foreach ((string file, List<RoutingCase> cases) in files)
        {
            AccuracyFigures figures = all[file] = new AccuracyFigures();
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
        foreach ((string file, AccuracyFigures figures) in all)
        {
            Row(file, figures.Cases, figures.Strict, figures.Lenient, figures.InScopeTop1, figures.OtherRecall);
        }

        double Mean(Func<AccuracyFigures, double> pick) => all.Values.Select(pick).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();
        Row("mean of files", all.Values.Sum(f => f.Cases), Mean(f => f.Strict), Mean(f => f.Lenient), Mean(f => f.InScopeTop1), Mean(f => f.OtherRecall));
    }

    private static void Row(string name, int cases, params double[] figures) => Console.WriteLine(
        $"| {name} | {cases} | {string.Join(" | ", figures.Select(f => double.IsFinite(f) ? f.ToString("0.000", CultureInfo.InvariantCulture) : "-"))} |");

    private static int Compare(Dictionary<string, AccuracyFigures> measured, string reference)
    {
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(reference));
        bool far = false;
        Console.WriteLine();
        foreach ((string file, AccuracyFigures figures) in measured)
        {
            if (!document.RootElement.TryGetProperty(file, out JsonElement recorded))
            {
                continue;
            }

            foreach ((string name, double value) in new[] { ("strict", figures.Strict), ("lenient", figures.Lenient), ("top1_in_scope", figures.InScopeTop1) })
            {
                if (recorded.GetProperty(name).ValueKind != JsonValueKind.Number)
                {
                    continue;
                }

                double difference = value - recorded.GetProperty(name).GetDouble();
                far |= Math.Abs(difference) > AllowedDifference;
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{file} {name}: {difference * 100:+0.00;-0.00;0.00} points from the reference"));
            }
        }

        Console.WriteLine(far ? "Too far from the reference." : "Within half a point of the reference.");
        return far ? 1 : 0;
    }
}
