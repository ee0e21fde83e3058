using System.Xml.Linq;
using ArchRouter;
using Microsoft.Extensions.AI;

namespace CodingAgents.Tests;

[Collection(nameof(WholeRuns))]
public sealed class WholeRunTests(WholeRuns runs)
{
    public static TheoryData<string> Names => ["sk", "maf-sequential", "maf-handoff"];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Run_EndsWithARepositoryThatBuildsAndPassesItsNewTests(string name)
    {
        RunResult result = (await runs.OfAsync(name)).Result;

        Assert.True(result.IsRecorded);
        Assert.Null(result.Error);
        Assert.Equal(RunEnd.Done, result.End);
        Assert.True(result.Build!.Succeeded, result.Build.Output);
        Assert.EndsWith("12 passed, 0 failed", result.Tests!.Output.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains("ok      ParseChecks.RefusesWhatNoTimeSpanHolds", result.Tests.Output, StringComparison.Ordinal);
        Assert.Contains("    public static bool TryParse", result.Diff, StringComparison.Ordinal);
        Assert.Contains("tests/Durations.Checks/ParseChecks.cs", result.Diff, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Steps_AreServedByTheTargetOfTheirPolicy(string name)
    {
        RunResult result = (await runs.OfAsync(name)).Result;

        Assert.Equal(
            [
                ("explainer", "code_understanding", "fast"),
                ("architect", "code_design", "strong"),
                ("coder", "code_generation", "strong"),
                ("reviewer", "code_review", "fast"),
                ("coder", "code_generation", "strong"),
                ("reviewer", "code_review", "fast"),
                ("explainer", "code_understanding", "fast"),
            ],
            result.Steps.Select(s => (s.Agent, s.Decision.Policy!, s.Target)));
        Assert.All(result.Steps, step =>
        {
            Assert.Equal(RoutingOutcome.Matched, step.Decision.Outcome);
            Assert.Equal(step.Agent, step.Decision.AgentName);
            Assert.Equal(StepKind.Agent, step.Decision.Step);
            Assert.InRange(step.Decision.Probability!.Value, 0.5, 1);
        });
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Agent_IsLimitedToItsPolicies(string name)
    {
        RunResult result = (await runs.OfAsync(name)).Result;

        Assert.Equal(
            ["code_review", "code_understanding", "other"],
            result.Steps.First(s => s.Agent == "reviewer").Decision.Alternatives.Select(a => a.Name).Order(StringComparer.Ordinal));
        Assert.Equal(6, result.Steps.First(s => s.Agent == "coder").Decision.Alternatives.Count);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Tools_AreReal_AndABuildThatFailsIsMended(string name)
    {
        Step coder = (await runs.OfAsync(name)).Result.Steps.First(s => s.Agent == "coder");

        Assert.Equal(
            ["read_file", "write_file", "write_file", "build", "write_file", "build", "run_tests"], coder.Tools.Select(t => t.Tool));
        Assert.Equal(["Build failed.", "Build succeeded."], coder.Tools.Where(t => t.Tool == "build").Select(t => t.Detail));
        Assert.Equal("10 passed, 0 failed", coder.Tools[^1].Detail);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Cost_AddsUp(string name)
    {
        RunResult result = (await runs.OfAsync(name)).Result;
        CostSummary cost = result.Cost;

        Assert.All(result.Steps, step => Assert.True(step.Tokens is { Input: > 0, Output: > 0 }));
        Assert.Equal(7, cost.Targets.Sum(t => t.Steps));
        Assert.Equal(TokenCount.Sum(result.Steps.Select(s => s.Tokens)), TokenCount.Sum(cost.Targets.Select(t => t.Tokens)));
        Assert.Equal(cost.Targets.Sum(t => t.Cost), cost.Total);
        TokenCount fast = cost.Targets.Single(t => t.ServiceId == "fast").Tokens;
        // Only what the fast target did would cost more on the strong one, by the difference of their prices.
        Assert.Equal(((fast.Input * (1.25m - 0.25m)) + (fast.Output * (10m - 2m))) / 1_000_000m, cost.OnStrongAlone - cost.Total);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task History_HoldsEveryStepWhole(string name)
    {
        RunResult result = (await runs.OfAsync(name)).Result;

        Assert.Equal(
            [Team.Task, .. result.Steps.Select(s => s.Request)], result.History.Where(m => m.Role == ChatRole.User).Select(m => m.Text));
        (string[] calls, string[] results) = Given.ToolIds(result.History);
        Assert.Equal(result.Steps.Sum(s => s.Tools.Count), calls.Length);
        Assert.Equal(calls, results);
        Assert.Equal(result.Steps[^1].Answer, result.History[^1].Text);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Timeline_ShowsEveryStep(string name)
    {
        IReadOnlyList<Step> steps = (await runs.OfAsync(name)).Result.Steps;

        XDocument picture = XDocument.Parse(Timeline.Of(steps, name).ToString());

        Assert.Equal(steps.Count, picture.Descendants().Count(e => (string?)e.Attribute("class") == "step"));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Repository_IsGoneAfterwards(string name)
    {
        string root = (await runs.OfAsync(name)).Root;

        Assert.NotEmpty(root);
        Assert.False(Directory.Exists(Path.GetDirectoryName(root)));
    }
}
