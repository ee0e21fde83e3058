namespace ArchRouter.Tests.Policies;

public class PolicySetTests
{
    private static readonly RoutePolicy Code = new("code", "Writing code");
    private static readonly RoutePolicy Chat = new("chat", "Small talk", "social");

    // Compiled forms are kept by this value, also on disk, so it must not change from process to process or release to release.
    [Fact]
    public void Version_IsPinned() => Assert.Equal("7a568bb4e9785956", new PolicySet([Code, Chat]).Version);

    [Fact]
    public void Version_DependsOnNamesDescriptionsAndOrderOnly()
    {
        string version = new PolicySet([Code, Chat]).Version;

        Assert.Equal(version, new PolicySet([Code with { }, Chat with { Domain = null }]).Version);
        Assert.NotEqual(version, new PolicySet([Chat, Code]).Version);
        Assert.NotEqual(version, new PolicySet([Code, Chat with { Name = "Chat" }]).Version);
        Assert.NotEqual(version, new PolicySet([Code, Chat with { Description = "Small talk." }]).Version);
        Assert.NotEqual(version, new PolicySet([Code]).Version);
        Assert.NotEqual(new PolicySet([new("ab", "c")]).Version, new PolicySet([new("a", "bc")]).Version);
    }

    [Fact]
    public void Set_KeepsTheOrderAndCopiesTheList()
    {
        List<RoutePolicy> policies = [Code, Chat];
        var set = new PolicySet(policies);
        policies.Clear();

        Assert.Equal(["code", "chat"], set.Select(p => p.Name));
        Assert.Equal((1, -1, -1), (set.IndexOf("chat"), set.IndexOf("Chat"), set.IndexOf("none")));
        Assert.Equal(2, set.Count);
        Assert.Same(Chat, set[1]);
    }

    [Fact]
    public void Set_ReportsEveryProblem()
    {
        var error = Assert.Throws<RouteTableException>(() => new PolicySet([new("", ""), new("a", "A"), new("A", "A")]));

        Assert.Equal(["route 1", "route 1", "route 'A'"], error.Problems.Select(p => p.Location));
    }

    [Fact]
    public void EmptySet_IsAllowed() => Assert.Empty(new PolicySet([]));
}
