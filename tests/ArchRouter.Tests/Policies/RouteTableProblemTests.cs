namespace ArchRouter.Tests.Policies;

public class RouteTableProblemTests
{
    private static readonly string LongText = new('x', 1001);

    public static TheoryData<string, Action<RouteTableBuilder>, string> Kinds => new()
    {
        { "fallback: There is no fallback target.", r => Route(r), "Name the service" },
        { "fallback: The fallback is set twice.", r => Route(r).Fallback("a").Fallback("b"), "orElse" },
        { "fallback: A target's service id is empty.", r => Route(r).Fallback(" "), "Name the key" },
        { "fallback: The target 'a' is listed twice.", r => Route(r).Fallback("a", orElse: ["a"]), "Keep the first" },
        { "route '': The route has no name.", r => r.Fallback("a").Route("", "D", to: "a"), "short name" },
        { $"route '{new string('x', 101)}': The route name has 101 characters.", r => r.Fallback("a").Route(new string('x', 101), "D", to: "a"), "at most 100" },
        { "route 'Other': The route name 'other' is reserved", r => r.Fallback("a").Route("Other", "D", to: "a"), "Remove it" },
        { @"route 'a\u0007b': The route name 'a\u0007b' has a control character", r => r.Fallback("a").Route("a\ab", "D", to: "a"), "Use letters" },
        { "route 'a>b': The route name 'a>b' has a control character, '<' or '>'.", r => r.Fallback("a").Route("a>b", "D", to: "a"), "Use letters" },
        { @"route 'a\ud800': The route name 'a\ud800' has half of a surrogate pair", r => r.Fallback("a").Route("a\ud800", "D", to: "a"), "Use letters" },
        { "route ' a': The route name ' a' begins or ends with white space.", r => r.Fallback("a").Route(" a", "D", to: "a"), "Remove it" },
        { "route 'A': The name 'A' is used twice.", r => r.Fallback("a").Route("a", "D", to: "a").Route("A", "D", to: "a"), "rename one" },
        { "route 'a': The description is empty.", r => r.Fallback("a").Route("a", "\t", to: "a"), "Say in a sentence" },
        { "route 'a': The description has 1001 characters.", r => r.Fallback("a").Route("a", LongText, to: "a"), "at most 1000" },
        { "route 'a': The description has a control character.", r => r.Fallback("a").Route("a", "x\0y", to: "a"), "plain text" },
        { "route 'a': The description has half of a surrogate pair", r => r.Fallback("a").Route("a", "\udc00", to: "a"), "plain text" },
        { "route 'a': The route has no target.", r => r.Fallback("a").Route("a", "D"), "Add 'to'" },
        { "route 'a': The route has no target.", r => r.Fallback("a").Route("a", "D", domain: "d"), "Add 'to'" },
        { "route 'a': The target 'b' is listed twice.", r => r.Fallback("a").Route("a", "D", "b", orElse: ["b"]), "Keep the first" },
        { "route 'a': The domain name 'other' is reserved", r => r.Fallback("a").Route("a", "D", "b", domain: "other"), "Remove it" },
        { "route 'a': The domain has no name.", r => r.Fallback("a").Route("a", "D", "b", domain: ""), "short name" },
        { "domain 'd': The domain 'd' is declared twice.", r => r.Fallback("a").Route("a", "D", "b", domain: "d").Domain("D", "a").Domain("d", "a"), "Keep one" },
        { "domain 'd': No route belongs to the domain 'd'.", r => Route(r).Fallback("a").Domain("d", "a"), "at least one route" },
        { "domain 'd': A target's service id is empty.", r => r.Fallback("a").Route("a", "D", "b", domain: "d").Domain("d", ""), "Name the key" },
        { "rule 1: The rule has no name.", r => r.Fallback("a").Rule("", new() { HasImage = true }, "a"), "short name" },
        { "rule 'r': The rule's name is used twice.", r => r.Fallback("a").Rule("r", new() { HasImage = true }, "a").Rule("r", new() { Agent = "b" }, "a"), "Rename one" },
        { "rule 'r': The rule has no condition", r => r.Fallback("a").Rule("r", new(), "a"), "use the fallback" },
        { "rule 'r': A pattern of the rule is empty", r => r.Fallback("a").Rule("r", new() { Agent = "" }, "a"), "any name" },
        { "rule 'r': The rule has no target.", r => r.Fallback("a").Rule("r", new() { Agent = "b" }, [], where: null), "Add 'to'" },
        { "agent 1: The agent has no name.", r => Route(r).Fallback("a").Agent(" ", ["x"]), "'*' stands for any" },
        { "agent 'B': The agent is listed twice.", r => Route(r).Fallback("a").Agent("b", ["x"]).Agent("B", ["x"]), "one entry" },
        { "agent 'b': The agent is allowed no policy", r => Route(r).Fallback("a").Agent("b", []), "to allow all" },
        { "agent 'b': There is no route 'xy' to allow.", r => Route(r).Fallback("a").Agent("b", ["x", "xy"]), "Did you mean 'x'? Known routes: x." },
        { "agent 'b': There is no route 'x' to allow.", r => r.Fallback("a").Agent("b", ["x"]), "There are no routes." },
        { "agent 'b': The policy 'X' is listed twice.", r => Route(r).Fallback("a").Agent("b", ["x", "X"]), "Keep the first" },
        { "agent 'b': The name of an allowed policy is empty.", r => Route(r).Fallback("a").Agent("b", [""]), "name of a route" },
        { "target 'a': The target is declared twice.", r => r.Fallback("a").Target(new("a")).Target(new("a")), "Keep one" },
        { "route 'x': The target 'b' is not declared.", r => r.Fallback("a").Target(new("a")).Route("x", "X", "b"), "use one of: a." },
        { "target 'a': The context length is 0.", r => r.Fallback("a").Target(new("a") { ContextLength = 0 }), "more than 0" },
        { "target 'a': The most output tokens are -1.", r => r.Fallback("a").Target(new("a") { Settings = new() { MaxOutputTokens = -1 } }), "more than 0" },
        { "target 'a': The temperature is NaN.", r => r.Fallback("a").Target(new("a") { Settings = new() { Temperature = double.NaN } }), "0 or more" },
        { "target 'a': The nucleus sampling mass (top p) is 2.", r => r.Fallback("a").Target(new("a") { Settings = new() { TopP = 2 } }), "from 0 to 1" },
        { "thresholds: The minimum probability is NaN.", r => r.Fallback("a").Thresholds(minimumProbability: double.NaN), "from 0 to 1" },
        { "thresholds: The minimum margin is -1.", r => r.Fallback("a").Thresholds(minimumMargin: -1), "from 0 to 1" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Problem_IsTheOnlyOneAndSaysWhereAndHowToMendIt(string expected, Action<RouteTableBuilder> configure, string fix)
    {
        RouteTableProblem problem = Assert.Single(Assert.Throws<RouteTableException>(() => RouteTable.Create(configure)).Problems);

        Assert.StartsWith(expected, problem.ToString(), StringComparison.Ordinal);
        Assert.Contains(fix, problem.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_AreListedAllAtOnce()
    {
        var error = Assert.Throws<RouteTableException>(() => RouteTable.Create(r => r
            .Route("other", "")
            .Domain("empty", "")
            .Rule("r", new(), "")
            .Agent("", [])
            .Agent("a", ["no", "none"])
            .Thresholds(2, 3)));

        Assert.Equal(
            ["route 'other'", "route 'other'", "domain 'empty'", "domain 'empty'", "route 'other'", "rule 'r'", "rule 'r'", "agent 1", "agent ''", "agent 'a'", "agent 'a'", "fallback", "thresholds", "thresholds"],
            error.Problems.Select(p => p.Location));
        Assert.StartsWith($"The routes are not valid (14 problems):{Environment.NewLine}- route 'other': ", error.Message, StringComparison.Ordinal);
        Assert.All(error.Problems, p => Assert.Contains(p.ToString(), error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Table_OfANameIsPartOfTheLocation()
    {
        var tables = new RouteTablesBuilder();
        tables.Default.Fallback("a");
        tables.Table("legal").Route(new RoutePolicy("x", ""), ["a"], "r.yaml:3:1");
        tables.Table(" ").Fallback("a");

        var error = Assert.Throws<RouteTableException>(tables.Build);

        Assert.Equal(["r.yaml:3:1 (table 'legal', route 'x')", "table 'legal', fallback", "tables"], error.Problems.Select(p => p.Location));
    }

    private static RouteTableBuilder Route(RouteTableBuilder routes) => routes.Route("x", "X", to: "x");
}
