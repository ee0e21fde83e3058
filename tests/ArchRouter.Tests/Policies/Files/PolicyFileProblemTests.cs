namespace ArchRouter.Tests.Policies.Files;

public class PolicyFileProblemTests
{
    [Fact]
    public void EveryProblem_IsReportedAtOnceInTheOrderOfLines()
    {
        IReadOnlyList<RouteTableProblem> problems = SamplePolicies.ProblemsOf("""
            fallbak: fast
            thresholds: {minimumProbability: 2}
            targets:
              fast: {contextLength: -1, capabilities: [visoin]}
            routes:
              - name: other
                description: Anything
                to: fast
              - name: code
                to: stron
            router: {deadline: 0s, rememberedTurns: -1}
            tables:
              legal: {routes: []}
            """);

        Assert.Equal(
            [
                "r.yaml:1:1", "r.yaml:1:1 (fallback)", "r.yaml:2:13 (thresholds)", "r.yaml:4:43", "r.yaml:4:3 (target 'fast')",
                "r.yaml:6:5 (route 'other')", "r.yaml:9:5 (route 'code')", "r.yaml:9:5 (route 'code')", "r.yaml:11:20", "r.yaml:11:41",
                "r.yaml:13:10 (table 'legal', fallback)",
            ],
            problems.Select(p => p.Location));
        Assert.All(problems, p => Assert.False(string.IsNullOrWhiteSpace(p.Fix)));
    }

    [Theory]
    [InlineData("fallbak: fast", "fallback")]
    [InlineData("fallback: fast\nroutes: [{name: a, descripion: b, to: fast}]", "description")]
    [InlineData("fallback: {to: fast, orelsse: b}", "orElse")]
    [InlineData("fallback: fast\nrules: [{name: a, imag: true, agent: b, to: fast}]", "image")]
    [InlineData("fallback: fast\ntargets: {fast: {temprature: 1}}", "temperature")]
    [InlineData("fallback: fast\ntargets: {fast: {capabilities: [tool]}}", "tools")]
    [InlineData("fallback: fast\nthresholds: {minimum_probabilty: 1}", "minimumProbability")]
    [InlineData("fallback: fast\nrouter: {deadlin: 1s}", "deadline")]
    [InlineData("fallback: fast\nagents: {b: {alow: x}}", "allow")]
    [InlineData("fallback: fast\nrules: [{name: a, step: agnt, to: fast}]", "agent")]
    [InlineData("fallback: fast\nroutes: {chat: {description: Talk, to: fast}}\nagents: {b: {allow: chatt}}", "chat")]
    public void UnknownKey_IsReportedWithTheNearestKnownOne(string yaml, string meant) =>
        Assert.Contains($"Did you mean '{meant}'?", SamplePolicies.ProblemsOf(yaml)[0].Fix, StringComparison.Ordinal);

    [Fact]
    public void AgentsProblems_AreReportedOnceWithTheirPlace()
    {
        IReadOnlyList<RouteTableProblem> problems = SamplePolicies.ProblemsOf("""
            fallback: fast
            routes: [{name: chat, description: Talk, to: fast}]
            rules:
              - {name: r, step: [agent], to: fast}
            agents:
              - {name: a, allow: {chat: true}}
              - {name: b, allow: [chat, 5]}
              - {name: c, allow: [nothing, nobody]}
              - {name: d}
              - {name: D, allow: chat}
            """);

        Assert.Equal(
            [
                "r.yaml:4:21", "r.yaml:6:22", "r.yaml:7:29",
                "r.yaml:8:5 (agent 'c')", "r.yaml:8:5 (agent 'c')", "r.yaml:9:5 (agent 'd')", "r.yaml:10:5 (agent 'D')",
            ],
            problems.Select(p => p.Location));
    }

    [Fact]
    public void UnknownKey_WithoutANearOneListsTheKnown()
    {
        RouteTableProblem problem = Assert.Single(SamplePolicies.ProblemsOf("fallback: fast\ncompletelyDifferent: 1"));

        Assert.Equal("r.yaml:2:1", problem.Location);
        Assert.Equal("The key 'completelyDifferent' is not known here.", problem.Message);
        Assert.StartsWith("Known keys: $schema, version, router, tables, fallback", problem.Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("fallback: [fast]", "'fallback' must be a map, but is a list.")]
    [InlineData("fallback: 5", "'fallback' must be text, but is the number 5.")]
    [InlineData("fallback: {to: {a: b}}", "'to' must be text, but is a map.")]
    [InlineData("fallback: {to: a, orElse: [1]}", "'orElse' must be text, but is the number 1.")]
    [InlineData("fallback: a\nroutes: 5", "'routes' must be a list, or a map from names, but is the number 5.")]
    [InlineData("fallback: a\nroutes: [x]", "'route' must be a map, but is 'x'.")]
    [InlineData("fallback: a\nroutes: {b: x}", "'b' must be a map, but is 'x'.")]
    [InlineData("fallback: a\nroutes: [{name: true, description: b, to: a}]", "'name' must be text, but is true.")]
    [InlineData("fallback: a\nrules: [{name: b, image: 'yes', to: a}]", "'image' must be true or false, but is 'yes'.")]
    [InlineData("fallback: a\nthresholds: {minimumMargin: '0.5'}", "'minimumMargin' must be a number, but is '0.5'.")]
    [InlineData("fallback: a\nthresholds: {minimumMargin: .nan}", "'minimumMargin' must be a number, but is the number .nan.")]
    [InlineData("fallback: a\nthresholds: []", "'thresholds' must be a map, but is a list.")]
    [InlineData("fallback: a\ntargets: [a]", "'targets' must be a map, but is a list.")]
    [InlineData("fallback: a\ntargets: {a: b}", "'a' must be a map, but is 'b'.")]
    [InlineData("fallback: a\ntargets: {a: {contextLength: 1.5}}", "'contextLength' must be a whole number, but is the number 1.5.")]
    [InlineData("fallback: a\ntargets: {a: {contextLength: 99999999999}}", "'contextLength' must be a whole number, but is the number 99999999999.")]
    [InlineData("fallback: a\nrouter: {deadline: 2}", "'deadline' must be a duration, but is the number 2.")]
    [InlineData("fallback: a\nrouter: {deadline: 2 s}", "'deadline' must be a duration, but is '2 s'.")]
    [InlineData("fallback: a\nrouter: [x]", "'router' must be a map, but is a list.")]
    [InlineData("fallback: a\ntables: [x]", "'tables' must be a map, but is a list.")]
    [InlineData("fallback: a\nversion: one", "'version' must be a whole number, but is 'one'.")]
    [InlineData("fallback: a\nversion: 2", "Version 2 of the format is not known.")]
    [InlineData("fallback: a\ntables: {' ': {fallback: a}}", "A table has no name.")]
    [InlineData("fallback: a\ntargets: {'': , a: }", "A target's service id is empty.")]
    [InlineData("- fallback", "'the file' must be a map, but is a list.")]
    [InlineData("fallback", "'the file' must be a map, but is 'fallback'.")]
    [InlineData("fallback: a\nroutes: [{name: b, description: c, orElse: a}]", "There is 'orElse' but no 'to'.")]
    [InlineData("fallback: a\ndomains: [{name: d}]\nroutes: [{name: b, description: c, domain: d, to: a}]", "The domain has no target.")]
    public void WrongValue_IsTheOnlyProblem(string yaml, string message) => Assert.Equal(message, Assert.Single(SamplePolicies.ProblemsOf(yaml)).Message);

    [Theory]
    [InlineData("fallback: a\nFallback: b", "r.yaml:2:1", "The key 'fallback' is given twice, first at r.yaml:1:1.")]
    [InlineData("fallback: {to: a, to: b}", "r.yaml:1:19", "The key 'to' is given twice, first at r.yaml:1:12.")]
    [InlineData("fallback: a\nroutes:\n  b: {description: c, to: a}\n  b: {description: d, to: a}", "r.yaml:4:3", "The route 'b' is given twice.")]
    [InlineData("fallback: a\ntargets:\n  a:\n  a:", "r.yaml:4:3 (target 'a')", "The target is declared twice.")]
    [InlineData("fallback: a\ntables:\n  t: {fallback: a}\n  T: {fallback: a}", "r.yaml:4:3", "The table 'T' is given twice.")]
    public void DuplicateKey_IsReported(string yaml, string location, string message)
    {
        RouteTableProblem problem = Assert.Single(SamplePolicies.ProblemsOf(yaml));

        Assert.Equal((location, message), (problem.Location, problem.Message));
    }

    [Fact]
    public void UnreadableValues_AreNotReportedAgainAsMissing()
    {
        IReadOnlyList<RouteTableProblem> problems = SamplePolicies.ProblemsOf("""
            fallback: {to: [a]}
            targets: {a: {}}
            domains: [{name: d, to: 1}]
            routes: [{name: 1, description: [], to: {}, domain: d}, {name: 2, description: text, to: a}]
            rules: [{name: [], image: maybe, to: a, orElse: {}}]
            """);

        Assert.Equal(
            ["to", "to", "name", "description", "to", "name", "name", "image", "orElse"],
            problems.Select(p => p.Message.Split('\'')[1]));
    }

    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("2s", 2_000)]
    [InlineData("0.5s", 500)]
    [InlineData("1m", 60_000)]
    [InlineData("00:00:02", 2_000)]
    [InlineData("00:00:00.25", 250)]
    [InlineData("infinite", -1)]
    public void Deadline_IsReadInEveryNotation(string text, double milliseconds)
    {
        var options = new RouterOptions();
        RouteTreeReader.Read(JsonNodes.Parse("{\"router\":{\"deadline\":\"" + text + "\"}}", "r.json"), new RouteTablesBuilder(), options);

        Assert.Equal(milliseconds, options.Deadline.TotalMilliseconds);
    }
}
