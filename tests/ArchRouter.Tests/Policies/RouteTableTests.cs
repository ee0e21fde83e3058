namespace ArchRouter.Tests.Policies;

public class RouteTableTests
{
    [Fact]
    public void Version_IsPinned() => Assert.Equal("f23a229ac9056bc3", Given.Table.Version);

    public static TheoryData<Action<RouteTableBuilder>> Changes => new()
    {
        r => Code(r, to: "other-model").Route("chat", "Small talk", to: "fast").Fallback("rest"),
        r => Code(r).Route("chat", "Small talk", to: "fast").Fallback("strong"),
        r => Code(r).Route("chat", "Small talk", to: "fast").Fallback("rest", orElse: ["fast"]),
        r => Code(r).Route("chat", "Small talk", to: "fast", domain: "social").Fallback("rest"),
        r => Code(r).Route("chat", "Small talk", to: "fast").Fallback("rest").Thresholds(minimumMargin: 0.1),
        r => Code(r).Route("chat", "Small talk", to: "fast").Fallback("rest").Rule("r", new() { Agent = "a" }, "fast"),
        r => Code(r).Route("chat", "Small talk", to: "fast").Fallback("rest").Target(new("strong") { ContextLength = 1 }).Target(new("fast")).Target(new("rest")),
        r => Code(r).Route("chat", "Small talk", to: "fast").Fallback("rest").Target(new("strong")).Target(new("fast")).Target(new("rest") { Settings = new() { TopP = 1 } }),
        r => Code(r).Route("chat", "Small talk", to: "fast").Fallback("rest").Target(new("strong")).Target(new("fast")).Target(new("rest") { Capabilities = 0 }),
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Version_DependsOnWhateverCanChangeADecision(Action<RouteTableBuilder> changed) =>
        Assert.NotEqual(Given.Table.Version, RouteTable.Create(changed).Version);

    [Fact]
    public void Version_IgnoresDeclarationsThatSayNothing() => Assert.Equal(
        Given.Table.Version,
        RouteTable.Create(r => Code(r).Route("chat", "Small talk", to: "fast").Fallback("rest").Target(new("strong")).Target(new("fast")).Target(new("rest"))).Version);

    [Fact]
    public void Targets_AreRankedAndListedOnce()
    {
        Assert.Equal(["strong", "fast"], Given.Table.TargetsOf("code").Select(t => t.ServiceId));
        Assert.Equal(["strong", "fast", "rest"], Given.Table.Targets.Select(t => t.ServiceId));
        Assert.Throws<ArgumentException>(() => Given.Table.TargetsOf("Code"));
    }

    [Fact]
    public void Route_WithoutTargetsTakesItsDomains()
    {
        RouteTable table = RouteTable.Create(r => r
            .Route("sql", "Queries", domain: "Software")
            .Route("poem", "Poems", to: "fast", domain: "art")
            .Domain("software", to: "strong", orElse: ["fast"])
            .Fallback("rest"));

        Assert.Equal(["strong", "fast"], table.TargetsOf("sql").Select(t => t.ServiceId));
        Assert.Equal(["software", "art"], table.Domains.Select(d => d.Name));
        Assert.Empty(table.Domains[1].Targets);
    }

    [Fact]
    public void DeclaredTarget_IsUsedWhereverItIsNamed()
    {
        var declared = new RouteTarget("fast") { ContextLength = 8 };
        RouteTable table = RouteTable.Create(r => r.Route("chat", "Small talk", to: "fast").Fallback("fast").Target(declared));

        Assert.Same(declared, table.Fallback[0]);
        Assert.Same(declared, table.TargetsOf("chat")[0]);
    }

    [Fact]
    public void Named_IgnoresCase()
    {
        var tables = new RouteTables(Given.Table, new Dictionary<string, RouteTable> { ["Legal"] = Given.Table });

        Assert.True(tables.Named.ContainsKey("LEGAL"));
    }

    private static RouteTableBuilder Code(RouteTableBuilder routes, string to = "strong") => routes.Route("code", "Writing code", to, orElse: ["fast"]);
}
