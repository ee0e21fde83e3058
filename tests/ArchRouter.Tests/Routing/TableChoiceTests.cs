using ArchRouter.TestDoubles;

namespace ArchRouter.Tests.Routing;

public class TableChoiceTests
{
    private static readonly RouteTable Legal = RouteTable.Create(r => r.Route("contracts", "Contracts", to: "lawyer").Fallback("clerk"));
    private static readonly RouteTable Inline = RouteTable.Create(r => r.Route("sums", "Sums", to: "calculator").Fallback("abacus"));

    private readonly ScriptedRouterEngine _engine = ScriptedRouterEngine.ByMention();

    private PreferenceRouter Router => new(new RouteTables(Given.Table, new Dictionary<string, RouteTable> { ["legal"] = Legal }), _engine);

    [Fact]
    public async Task NamedTable_Decides()
    {
        RoutingDecision decision = await Router.RouteAsync(new() { Conversation = Given.Request("contracts").Conversation, TableName = "LEGAL" });

        Assert.Equal(("contracts", "lawyer", "LEGAL", Legal.Version), (decision.Policy, decision.Target.ServiceId, decision.TableName, decision.TableVersion));
    }

    [Fact]
    public async Task InlineTable_ComesBeforeANamedOne()
    {
        RoutingDecision decision = await Router.RouteAsync(new() { Conversation = Given.Request("sums").Conversation, Table = Inline, TableName = "none" });

        Assert.Equal(("sums", "calculator", null, Inline.Version), (decision.Policy, decision.Target.ServiceId, decision.TableName, decision.TableVersion));
    }

    [Fact]
    public async Task UnknownTable_EndsInTheDefaultTablesFallback()
    {
        RoutingDecision decision = await Router.RouteAsync(new() { Conversation = Given.Request("code").Conversation, TableName = "sales" });

        Assert.Equal((RoutingOutcome.EngineFailed, "rest"), (decision.Outcome, decision.Target.ServiceId));
        Assert.Equal("There is no table named 'sales'.", Assert.IsType<KeyNotFoundException>(decision.Error).Message);
        Assert.Empty(_engine.Requests);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task EmptyTableName_IsNone(string empty)
    {
        RoutingDecision decision = await Router.RouteAsync(new() { Conversation = Given.Request("code").Conversation, TableName = empty });

        Assert.Equal((RoutingOutcome.Matched, "strong", null), (decision.Outcome, decision.Target.ServiceId, decision.TableName));
    }

    [Fact]
    public async Task WarmUp_AsksOnceForEachTableWithPolicies()
    {
        var tables = new RouteTables(Given.Table, new Dictionary<string, RouteTable> { ["legal"] = Legal, ["none"] = RouteTable.Create(r => r.Fallback("x")) });

        await new PreferenceRouter(tables, _engine).WarmUpAsync();

        Assert.Equal([Given.Table.Policies.Version, Legal.Policies.Version], _engine.Requests.Select(r => r.Policies.Version));
    }

    [Fact]
    public async Task WarmUp_CompilesWhatAgentsAreLimitedToAsWell()
    {
        RouteTable table = RouteTable.Create(r => { Given.Routes(r); r.Agent("critic", ["chat"]); });

        await Given.Router(_engine, table).WarmUpAsync();

        Assert.Equal(["code,chat", "chat"], _engine.Requests.Select(r => string.Join(',', r.Policies.Select(p => p.Name))));
    }

    [Fact]
    public async Task WarmUp_ThrowsWhatTheEngineThrows() =>
        await Assert.ThrowsAsync<IOException>(() => Given.Router(ScriptedRouterEngine.Failing(new IOException())).WarmUpAsync());
}
