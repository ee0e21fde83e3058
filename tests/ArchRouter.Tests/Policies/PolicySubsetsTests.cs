namespace ArchRouter.Tests.Policies;

public class PolicySubsetsTests
{
    private static readonly RouteTable Table = RouteTable.Create(r =>
    {
        r.Fallback("rest").Agent("p17", ["p17"]);
        for (int i = 0; i < 40; i++)
        {
            r.Route($"p{i}", "D", "t");
        }
    });

    [Fact]
    public void Subset_IsMadeOnce_HoweverItIsAskedFor()
    {
        PolicySet first = Table.Subsets.For(null, ["p3", "p39", "p20"]).Policies;

        Assert.Same(first, Table.Subsets.For("x", new HashSet<string> { "P20", "p39", "none", "p3" }).Policies);
        Assert.Equal(["p3", "p20", "p39"], first.Select(p => p.Name));
        Assert.Same(Table.Subsets.For("P17", null), Table.Subsets.For("p17", null));
        Assert.Equal(Table.Subsets.For("p17", null).Policies.Version, Table.Subsets.For(null, ["p17"]).Policies.Version);
    }

    [Fact]
    public void Pattern_WithABackslashLimitsToo()
    {
        RouteTable table = RouteTable.Create(r => r.Route("a", "D", "t").Route("b", "D", "t").Agent("CORP\\*", ["a"]).Fallback("t"));

        Assert.Equal(["a"], table.Subsets.For("corp\\bot", null).Policies.Select(p => p.Name));
    }

    [Fact]
    public void Subset_OfEverythingIsTheTableItself()
    {
        Assert.Same(Table.Policies, Table.Subsets.For(null, null).Policies);
        Assert.Same(Table.Policies, Table.Subsets.For("x", [.. Table.Policies.Select(p => p.Name)]).Policies);
    }

    [Fact]
    public void Subsets_ThatCallsBringAreBounded()
    {
        PolicySet first = Table.Subsets.For(null, ["p0", "p1"]).Policies;
        for (int i = 2; i < 40; i++)
        {
            Table.Subsets.For(null, ["p0", $"p{i}"]);
            Table.Subsets.For(null, ["p1", $"p{i}"]);
        }

        Assert.NotSame(first, Table.Subsets.For(null, ["p0", "p1"]).Policies);
    }

    [Fact]
    public void Agents_AreReadInTheTablesSpelling_AndTheirOrderDoesNotCount()
    {
        static RouteTable Of(Action<RouteTableBuilder> agents) => RouteTable.Create(r =>
        {
            r.Route("a", "A", "t").Route("b", "B", "t").Fallback("t");
            agents(r);
        });

        RouteTable table = Of(r => r.Agent("x", ["B", "a"]).Agent("y", ["b"]));

        Assert.Equal([("x", "a,b"), ("y", "b")], table.Agents.Select(a => (a.Agent, string.Join(',', a.Allow))));
        Assert.Equal(table.Version, Of(r => r.Agent("y", ["b"]).Agent("x", ["a", "b"])).Version);
        Assert.NotEqual(table.Version, Of(r => r.Agent("y", ["b"]).Agent("x", ["a"])).Version);
        Assert.NotEqual(table.Version, Of(r => r.Agent("y", ["b"])).Version);
    }
}
