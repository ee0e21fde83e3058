using ArchRouter.TestDoubles;
using ArchRouter.Tests.Policies.Files;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ArchRouter.Tests.DependencyInjection;

public class AddArchRouterTests
{
    [Fact]
    public async Task Router_RoutesByWhatWasAdded()
    {
        var services = new ServiceCollection();
        services.AddArchRouter(Given.Routes).UseEngine(ScriptedRouterEngine.ByMention());
        await using ServiceProvider provider = services.BuildServiceProvider();
        var router = provider.GetRequiredService<PreferenceRouter>();

        Assert.Equal("strong", (await router.RouteAsync(Given.Request("code"))).Target.ServiceId);
        Assert.Same(router, provider.GetRequiredService<PreferenceRouter>());
        Assert.Same(router.Tables, provider.GetRequiredService<RouteTables>());
    }

    [Fact]
    public void Calls_AddUp()
    {
        var services = new ServiceCollection();
        services.AddArchRouter(Given.Routes);
        services.AddArchRouter(r => r.Route("sql", "Queries", to: "strong"));

        Assert.Equal(["code", "chat", "sql"], services.BuildServiceProvider().GetRequiredService<RouteTables>().Default.Policies.Select(p => p.Name));
    }

    [Fact]
    public void MissingEngine_IsSaidWithTheWayOut()
    {
        var services = new ServiceCollection();
        services.AddArchRouter(Given.Routes);

        var error = Assert.Throws<InvalidOperationException>(() => services.BuildServiceProvider().GetRequiredService<PreferenceRouter>());

        Assert.StartsWith("No router engine is registered.", error.Message, StringComparison.Ordinal);
        Assert.Contains(".UseEncoder()", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EngineOverTheRoutedClient_IsRefused()
    {
        var services = new ServiceCollection();
        services.AddRoutedChatClient();
        services.AddArchRouter(Given.Routes).UseRemoteRouter(sp => sp.GetRequiredService<IChatClient>(), leaveOpen: true);
        using ServiceProvider provider = services.BuildServiceProvider();

        var error = Assert.Throws<InvalidOperationException>(provider.GetRequiredService<PreferenceRouter>);

        Assert.Contains("UseRemoteRouter", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task EngineOverTheRoutedClient_IsRefused_AlsoWhereACallBringsTheOnlyPolicies(bool configured)
    {
        var services = new ServiceCollection();
        services.AddRoutedChatClient("routed");
        services.AddKeyedSingleton<IChatClient>("fast", TestChatClient.Saying("code"));
        ArchRouterBuilder builder = services.AddArchRouter(r => r.Fallback("fast"));
        if (configured)
        {
            builder.AddConfiguration(SamplePolicies.Section("""{"router":{"engine":"remote","service":"routed"}}"""));
        }
        else
        {
            builder.UseRemoteRouter(sp => sp.GetRequiredKeyedService<IChatClient>("routed"), leaveOpen: true);
        }

        await using ServiceProvider provider = services.BuildServiceProvider();
        var router = provider.GetRequiredService<PreferenceRouter>();

        RoutingDecision decision = await router.RouteAsync(new() { Conversation = Given.Request("code").Conversation, Table = Given.Table });

        Assert.Equal(RoutingOutcome.EngineFailed, decision.Outcome);
        Assert.Contains("UseRemoteRouter", Assert.Throws<InvalidOperationException>(provider.GetRequiredService<IRouterEngine>).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task EngineOverAnotherRoutersClient_IsAsked()
    {
        // Two servers with the router model, say, of which the second takes over.
        using ServiceProvider others = new ServiceCollection().AddArchRouter(r => r.Fallback("server")).Services.BuildServiceProvider();
        using var server = new RoutedChatClient(others.GetRequiredService<PreferenceRouter>(), _ => TestChatClient.Saying("""{"route": "code"}"""));
        var services = new ServiceCollection();
        services.AddArchRouter(Given.Routes).UseRemoteRouter(_ => server, leaveOpen: true);
        await using ServiceProvider provider = services.BuildServiceProvider();

        RoutingDecision decision = await provider.GetRequiredService<PreferenceRouter>().RouteAsync(Given.Request("code"));

        Assert.Equal(RoutingOutcome.Matched, decision.Outcome);
    }

    [Fact]
    public async Task Engine_IsMadeOnlyWhenThereArePoliciesToMatch()
    {
        int made = 0;
        var services = new ServiceCollection();
        services.AddArchRouter(r => r.Rule("images", new() { HasImage = true }, "vision").Fallback("fast")).UseEngine(_ =>
        {
            made++;
            return ScriptedRouterEngine.ByMention();
        });
        await using ServiceProvider provider = services.BuildServiceProvider();
        var router = provider.GetRequiredService<PreferenceRouter>();
        await router.WarmUpAsync();

        Assert.Equal(RoutingOutcome.NoMatch, (await router.RouteAsync(Given.Request("code"))).Outcome);
        Assert.Equal(0, made);

        for (int i = 0; i < 2; i++)
        {
            Assert.Equal("strong", (await router.RouteAsync(new() { Conversation = Given.Request("code").Conversation, Table = Given.Table })).Target.ServiceId);
        }

        Assert.Equal(1, made);
    }

    [Fact]
    public async Task MissingEngine_IsNotMissedByRules()
    {
        var services = new ServiceCollection();
        services.AddArchRouter(r => r.Fallback("fast"));
        await using ServiceProvider provider = services.BuildServiceProvider();
        var router = provider.GetRequiredService<PreferenceRouter>();

        Assert.Equal("fast", (await router.RouteAsync(Given.Request("code"))).Target.ServiceId);

        RoutingDecision own = await router.RouteAsync(new() { Conversation = Given.Request("code").Conversation, Table = Given.Table });

        Assert.Equal(RoutingOutcome.EngineFailed, own.Outcome);
        Assert.StartsWith("No router engine is registered.", own.Error!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LastEngine_Counts()
    {
        var services = new ServiceCollection();
        services.AddArchRouter(Given.Routes)
            .UseEngine(ScriptedRouterEngine.Failing(new IOException()))
            .UseEngine(_ => ScriptedRouterEngine.ByMention());
        await using ServiceProvider provider = services.BuildServiceProvider();

        Assert.Equal(RoutingOutcome.Matched, (await provider.GetRequiredService<PreferenceRouter>().RouteAsync(Given.Request("code"))).Outcome);
    }

    [Fact]
    public async Task Options_ReachTheRouter()
    {
        var services = new ServiceCollection();
        services.AddArchRouter(Given.Routes).Configure(o => o.Strict = true).UseEngine(ScriptedRouterEngine.Failing(new IOException()));
        await using ServiceProvider provider = services.BuildServiceProvider();

        await Assert.ThrowsAsync<RoutingFailedException>(async () => await provider.GetRequiredService<PreferenceRouter>().RouteAsync(Given.Request("code")));
    }

    [Fact]
    public void NamedTables_AreAdded()
    {
        var services = new ServiceCollection();
        services.AddArchRouter(Given.Routes).AddTable("legal", r => r.Fallback("lawyer"));

        Assert.Equal("lawyer", services.BuildServiceProvider().GetRequiredService<RouteTables>().Named["Legal"].Fallback[0].ServiceId);
    }

    [Fact]
    public async Task Host_DoesNotStartWithProblemsAndNamesThemAll()
    {
        using var folder = new TemporaryFolder();
        string file = folder.Write("routes.yaml", "routes:\n  - name: other\n    description: Anything\n    to: fast");
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddArchRouter(r => r.Route("code", ""))
            .AddPolicyFile(file)
            .AddTable("legal", r => r.Fallback(" "))
            .Configure(o => o.Deadline = TimeSpan.Zero)
            .UseEngine(ScriptedRouterEngine.ByMention());
        using IHost host = builder.Build();

        var error = await Assert.ThrowsAsync<RouteTableException>(() => host.StartAsync());

        Assert.Equal(
            ["router options", "route 'code'", "route 'code'", "table 'legal', fallback", $"{file}:1:1 (fallback)", $"{file}:2:5 (route 'other')"],
            error.Problems.Select(p => p.Location));
    }

    [Fact]
    public async Task Host_DoesNotStartWithoutAnEngine()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddArchRouter(Given.Routes);
        using IHost host = builder.Build();

        Assert.Contains("UseEngine", (await Assert.ThrowsAsync<InvalidOperationException>(() => host.StartAsync())).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_StartsWhenEverythingIsInOrder()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddArchRouter(Given.Routes).UseEngine(ScriptedRouterEngine.ByMention());
        using IHost host = builder.Build();

        await host.StartAsync();
        Assert.Equal(Given.Table.Version, host.Services.GetRequiredService<RouteTables>().Default.Version);
        await host.StopAsync();
    }
}
