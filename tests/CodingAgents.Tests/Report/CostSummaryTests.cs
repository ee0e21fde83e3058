using ArchRouter;

namespace CodingAgents.Tests;

public sealed class CostSummaryTests
{
    private static readonly SampleConfiguration Configuration = SampleConfiguration.Read(Given.Settings() with { FastModel = "tiny" });

    private static readonly RouteTarget[] Targets =
    [
        new("strong") { Price = new TargetPrice(10, 40) },
        new("fast") { Price = new TargetPrice(1, 2) },
    ];

    [Fact]
    public void Cost_IsCountedByTheTargetThatServed()
    {
        CostSummary cost = CostSummary.Of(
            [Given.Step(1, target: "fast", tokens: new(1_000_000, 500_000)), Given.Step(2, target: "strong", tokens: new(2_000_000, 0))], Targets, Configuration);

        Assert.Equal([("fast", "tiny", 1, 2m), ("strong", "gpt-5", 1, 20m)], cost.Targets.Select(t => (t.ServiceId, t.Model, t.Steps, t.Cost)));
        Assert.Equal(22m, cost.Total);
        Assert.Equal(50m, cost.OnStrongAlone);
        Assert.Equal(0.56m, cost.Saved);
    }

    [Fact]
    public void Run_WithoutSteps_CostsNothing()
    {
        CostSummary cost = CostSummary.Of([], Targets, Configuration);

        Assert.Equal((0m, 0m), (cost.Total, cost.Saved));
    }

    [Fact]
    public void MissingPrice_IsNamed()
    {
        RouteTarget[] unpriced = [new("fast"), new("strong")];

        Assert.Contains(
            "'fast'", Assert.Throws<InvalidDataException>(() => CostSummary.Of([], unpriced, Configuration)).Message, StringComparison.Ordinal);
    }
}
