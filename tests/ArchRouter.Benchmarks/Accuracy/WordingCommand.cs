using System.Globalization;
using ArchRouter.Onnx;

namespace ArchRouter.Benchmarks.Accuracy;

/// <summary>Measures what the wording of policies, a catch-all policy and the earlier messages do to the encoder's answers.</summary>
public static class WordingCommand
{
    private const int Every = 4;
    private const string Opening = "The user wants help with: ";
    private const string Praise = "Use the strong expensive model for this because it gives the best answers to such difficult requests.";
    private static readonly CaseRoute CatchAll = new("general", "Everything else, anything that no other route covers");

    private static readonly (string Change, Func<RoutingCase, RoutingCase> Make)[] Wordings =
    [
        ("nothing", c => c),
        ("names without meaning", Nameless),
        ("only the first four words of the description", c => Described(c, route => string.Join(' ', route.Description.Split(' ').Take(4)))),
        ("no description but the name's words", c => Described(c, route => route.Name.Replace('_', ' '))),
        ("an opening before it", c => Described(c, route => Opening + route.Description)),
        ("praise of the model after it", c => Described(c, route => $"{route.Description.TrimEnd('.')}. {Praise}")),
        ("a catch-all policy beside it", c => c with { Routes = [.. c.Routes, CatchAll] }),
    ];

    /// <summary>Runs <c>wording CASES</c> on every fourth case and prints tables.</summary>
    /// <param name="args">A file of cases or a folder of such files.</param>
    /// <returns>0; 2 for wrong arguments, or if there are no cases.</returns>
    public static int Run(string[] args)
    {
        ArgumentNullException.ThrowIfNull(args);
        if (args.Length != 1)
        {
            Console.Error.WriteLine("wording CASES, a file or a folder of .jsonl or .jsonl.gz");
            return 2;
        }

        if (!CaseSets.TryRead(args[0], out Dictionary<string, List<RoutingCase>>? sets, out string? problem))
        {
            Console.Error.WriteLine(problem);
            return 2;
        }

        RoutingCase[] cases = [.. sets.Values.SelectMany(set => set).Where((_, i) => i % Every == 0)];
        using EncoderRouterEngine engine = EncoderRouterEngine.LoadBundled();
        var decider = new EncoderDecider(engine);
        Console.WriteLine($"| changed in every policy ({cases.Length} cases) | right |");
        Console.WriteLine("|---|---|");
        foreach ((string change, Func<RoutingCase, RoutingCase> make) in Wordings)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {change} | {Right(decider, cases.Select(make)):0.0 %} |"));
        }

        Console.WriteLine();
        Console.WriteLine("| messages so far | cases | right | with the request alone |");
        Console.WriteLine("|---|---|---|---|");
        foreach ((string name, Func<RoutingCase, bool> isIn) in CaseGroups.ByMessages.Skip(1))
        {
            RoutingCase[] group = [.. cases.Where(isIn)];
            double alone = Right(decider, group.Select(c => c with { Messages = [c.Messages[^1]] }));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {name} | {group.Length} | {Right(decider, group):0.0 %} | {alone:0.0 %} |"));
        }

        return 0;
    }

    private static double Right(EncoderDecider decider, IEnumerable<RoutingCase> cases) => cases
        .Select(c => (c.Route, decider.Decide(c).Answer))
        .Average(pair => pair.Route == (pair.Answer == CatchAll.Name ? RoutePolicy.Other : pair.Answer) ? 1.0 : 0);

    private static RoutingCase Nameless(RoutingCase routingCase) => routingCase with
    {
        Routes = [.. routingCase.Routes.Select((route, i) => route with { Name = $"route_{i + 1}" })],
        Route = routingCase.InScope ? $"route_{Array.FindIndex(routingCase.Routes, route => route.Name == routingCase.Route) + 1}" : RoutePolicy.Other,
    };

    private static RoutingCase Described(RoutingCase routingCase, Func<CaseRoute, string> describe) =>
        routingCase with { Routes = [.. routingCase.Routes.Select(route => route with { Description = describe(route) })] };
}
