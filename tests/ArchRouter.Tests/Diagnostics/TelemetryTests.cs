using System.Diagnostics;
using System.Diagnostics.Metrics;
using ArchRouter.TestDoubles;

namespace ArchRouter.Tests.Diagnostics;

public class TelemetryTests
{
    private const string Secret = "code for the secret plan";

    private static async Task<Activity> ActivityOf(IRouterEngine engine, RouterOptions? options = null, RouteTable? table = null, RouteContext? context = null)
    {
        using var recorded = new RecordedActivity();
        await Given.Router(engine, table, options).RouteAsync(context ?? Given.Request(Secret));
        return recorded.Single();
    }

    [Fact]
    public async Task Activity_DescribesTheDecision()
    {
        RouteTable table = RouteTable.Create(r => r.Route("code", "C", "strong", domain: "software").Route("chat", "D", "fast").Fallback("rest"));
        Activity activity = await ActivityOf(ScriptedRouterEngine.ByMention(), table: table);

        Assert.Equal("archrouter.route", activity.OperationName);
        Assert.Equal(ActivityStatusCode.Unset, activity.Status);
        Dictionary<string, object?> expected = new()
        {
            ["archrouter.outcome"] = "Matched",
            ["archrouter.step"] = "Call",
            ["archrouter.policy"] = "code",
            ["archrouter.domain"] = "software",
            ["archrouter.target"] = "strong",
            ["archrouter.probability"] = 0.9,
            ["archrouter.margin"] = 0.9 - 0.05,
            ["archrouter.table_version"] = table.Version,
            ["archrouter.engine"] = "scripted",
        };
        Assert.Equal(expected, activity.TagObjects.ToDictionary(t => t.Key, t => t.Value));
    }

    [Fact]
    public async Task Activity_SaysWhoCalled()
    {
        RouteContext context = new() { Conversation = Given.Continuation("code").Conversation, AgentName = "coder", PluginName = "team", FunctionName = "write" };

        Activity activity = await ActivityOf(ScriptedRouterEngine.ByMention(), context: context);

        Assert.Equal(
            ("ToolIteration", "coder", "team", "write"),
            (activity.GetTagItem("archrouter.step"), activity.GetTagItem("archrouter.agent"), activity.GetTagItem("archrouter.plugin"), activity.GetTagItem("archrouter.function")));
    }

    [Fact]
    public async Task Activity_OfARuleOfANamedTableSaysSo()
    {
        RouteTable table = RouteTable.Create(r => r.Fallback("rest").Rule("bots", new() { Agent = "*" }, "fast"));
        var tables = new RouteTables(Given.Table, new Dictionary<string, RouteTable> { ["team"] = table });
        using var recorded = new RecordedActivity();

        await new PreferenceRouter(tables, ScriptedRouterEngine.ByMention()).RouteAsync(new() { AgentName = "a", TableName = "team" });

        Activity found = recorded.Single();
        Assert.Equal(("bots", "team", "Rule"), (found.GetTagItem("archrouter.rule"), found.GetTagItem("archrouter.table"), found.GetTagItem("archrouter.outcome")));
    }

    [Fact]
    public async Task Activity_OfAFailureCarriesTheErrorsTypeOnly()
    {
        Activity activity = await ActivityOf(ScriptedRouterEngine.Failing(new IOException(Secret)));

        Assert.Equal(ActivityStatusCode.Error, activity.Status);
        Assert.Equal("System.IO.IOException", activity.GetTagItem("error.type"));
        Assert.DoesNotContain(activity.TagObjects, t => t.Value is string text && text.Contains("secret", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Content_IsThereOnlyWhenSwitchedOn(bool enabled)
    {
        Activity activity = await ActivityOf(ScriptedRouterEngine.ByMention(), new() { EnableSensitiveData = enabled });

        Assert.Equal(enabled ? Secret : null, activity.GetTagItem("archrouter.request"));
        Assert.Equal(enabled, activity.TagObjects.Any(t => t.Value is string text && text.Contains("secret", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Duration_IsRecordedInSecondsWithItsTags()
    {
        string target = $"t{Guid.NewGuid():n}";
        RouteTable table = RouteTable.Create(r => r.Route("code", "C", to: target).Fallback("rest"));
        (Instrument Instrument, double Value, Dictionary<string, object?> Tags)? found = null;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, l) =>
        {
            if (instrument.Meter.Name == ArchRouterTelemetry.SourceName)
            {
                l.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) =>
        {
            Dictionary<string, object?> all = new(tags.ToArray());
            if (Equals(all.GetValueOrDefault("archrouter.target"), target))
            {
                found = (instrument, value, all);
            }
        });
        listener.Start();
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromMilliseconds(250) };

        await Given.Router(table: table, time: time).RouteAsync(new() { Conversation = Given.Request("code").Conversation, AgentName = "coder", FunctionName = "write" });

        Assert.Equal(("archrouter.decision.duration", "s", 0.25), (found!.Value.Instrument.Name, found.Value.Instrument.Unit, found.Value.Value));
        Assert.Equal(
            new Dictionary<string, object?> { ["archrouter.outcome"] = "Matched", ["archrouter.policy"] = "code", ["archrouter.target"] = target, ["archrouter.step"] = "Agent" },
            found.Value.Tags);
    }
}
