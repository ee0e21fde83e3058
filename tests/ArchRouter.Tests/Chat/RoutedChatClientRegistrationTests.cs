using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ArchRouter.Tests.Chat;

public sealed class RoutedChatClientRegistrationTests
{
    private readonly TestChatClient _fast = TestChatClient.Saying("fast");
    private readonly TestChatClient _strong = TestChatClient.Saying("strong");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Client_FindsTargetsByKey(bool streaming)
    {
        await using ServiceProvider provider = Services().AddRoutedChatClient().BuildServiceProvider();

        IChatClient client = provider.GetRequiredService<IChatClient>();

        Assert.Same(client, provider.GetRequiredService<RoutedChatClient>());
        Assert.Equal("strong", (await client.AskAsync(streaming, "code")).Text);
        Assert.Equal("fast", (await client.AskAsync(streaming, "weather")).Text);
    }

    [Fact]
    public async Task Client_MayHaveAKeyAndMiddlewareAroundIt()
    {
        IServiceCollection services = Services().AddRoutedChatClient("routed");
        services.AddChatClient(sp => sp.GetRequiredKeyedService<IChatClient>("routed")).UseFunctionInvocation();
        await using ServiceProvider provider = services.BuildServiceProvider();

        IChatClient client = provider.GetRequiredService<IChatClient>();

        Assert.NotNull(client.GetService<FunctionInvokingChatClient>());
        Assert.Same(provider.GetRequiredKeyedService<RoutedChatClient>("routed"), client.GetService<RoutedChatClient>());
        Assert.Null(provider.GetService<RoutedChatClient>());
        Assert.Equal("strong", (await client.GetResponseAsync("code")).Text);
    }

    [Fact]
    public async Task Client_ThatIsItsOwnTargetIsAnError()
    {
        await using ServiceProvider provider = Services(fallback: "routed").AddRoutedChatClient("routed").BuildServiceProvider();

        IChatClient client = provider.GetRequiredKeyedService<IChatClient>("routed");

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => client.GetResponseAsync("weather"));
        Assert.Contains("'routed'", error.Message, StringComparison.Ordinal);
        Assert.Contains("same router", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_WithoutATargetSaysHowToRegisterIt()
    {
        await using ServiceProvider provider = Services(fallback: "missing").AddRoutedChatClient().BuildServiceProvider();

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => provider.GetRequiredService<IChatClient>().GetResponseAsync("weather"));

        Assert.Contains("services.AddKeyedChatClient(\"missing\", ...)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_MayBeScopedWithItsTargets()
    {
        IServiceCollection services = new ServiceCollection();
        services.AddArchRouter(r => r.Fallback("scoped")).UseEngine(ScriptedRouterEngine.ByMention());
        services.AddKeyedScoped<IChatClient>("scoped", (_, _) => TestChatClient.Saying("scoped"));
        services.AddRoutedChatClient(lifetime: ServiceLifetime.Scoped);
        await using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);
        TestChatClient target;
        await using (AsyncServiceScope scope = provider.CreateAsyncScope())
        {
            Assert.Equal("scoped", (await scope.ServiceProvider.GetRequiredService<IChatClient>().GetResponseAsync("hi")).Text);
            target = (TestChatClient)scope.ServiceProvider.GetRequiredKeyedService<IChatClient>("scoped");
            Assert.Single(target.Calls);
            Assert.Equal(0, target.Disposals);
        }

        Assert.Equal(1, target.Disposals);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Conversation_OfAServiceOutlivesTheScope(bool streaming)
    {
        TestChatClient keeping = new((_, _) => new[] { new ChatResponseUpdate(ChatRole.Assistant, "kept") { ConversationId = "c" } }.ToAsyncEnumerable());
        IServiceCollection services = new ServiceCollection();
        services.AddArchRouter(r => r.Route("code", "Writing code", to: "keeping").Fallback("fast")).UseEngine(ScriptedRouterEngine.ByMention());
        services.AddKeyedChatClient("fast", _fast);
        services.AddKeyedChatClient("keeping", keeping);
        services.AddRoutedChatClient(lifetime: ServiceLifetime.Scoped);
        await using ServiceProvider provider = services.BuildServiceProvider(validateScopes: true);

        await AskInAScopeAsync(new(ChatRole.User, "code"), null);
        ChatResponse next = await AskInAScopeAsync(new(ChatRole.Tool, [new FunctionResultContent("1", "sunny")]), new ChatOptions { ConversationId = "c" });

        Assert.Equal("kept", next.Text);
        Assert.Equal((RoutingOutcome.Pinned, "code"), (next.GetRoutingDecision()!.Outcome, next.GetRoutingDecision()!.Policy));

        async Task<ChatResponse> AskInAScopeAsync(ChatMessage message, ChatOptions? options)
        {
            await using AsyncServiceScope scope = provider.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<IChatClient>().AskAsync(streaming, [message], options);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Host_NamesTargetsThatAreNotRegistered(bool someAre)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddArchRouter(r => r.Route("code", "Writing code", to: "strong").Fallback("missing")).UseEngine(ScriptedRouterEngine.ByMention());
        builder.Services.AddRoutedChatClient();
        if (someAre)
        {
            builder.Services.AddKeyedChatClient("strong", _strong);
        }

        using IHost host = builder.Build();

        RouteTableException error = await Assert.ThrowsAsync<RouteTableException>(() => host.StartAsync());
        Assert.Equal(someAre ? ["fallback"] : ["route 'code'", "fallback"], error.Problems.Select(p => p.Location));
    }

    [Fact]
    public async Task Host_NamesTheTargetThatIsTheRoutedClientItself()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddArchRouter(r => r.Route("code", "Writing code", to: "strong").Fallback("routed")).UseEngine(ScriptedRouterEngine.ByMention());
        builder.Services.AddRoutedChatClient("routed");
        builder.Services.AddKeyedChatClient("strong", _strong);
        using IHost host = builder.Build();

        RouteTableProblem problem = Assert.Single((await Assert.ThrowsAsync<RouteTableException>(() => host.StartAsync())).Problems);

        Assert.Equal("fallback", problem.Location);
        Assert.Contains("round in circles", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Host_StartsWhenATableIsForTargetsOfAnotherKind()
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddArchRouter(r => r.Fallback("strong")).AddTable("kernel", t => t.Fallback("a-chat-completion-service")).UseEngine(ScriptedRouterEngine.ByMention());
        builder.Services.AddRoutedChatClient();
        builder.Services.AddKeyedChatClient("strong", _strong);
        using IHost host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();
    }

    [Fact]
    public void Services_NullIsRejected() =>
        Assert.Throws<ArgumentNullException>("services", () => ((IServiceCollection)null!).AddRoutedChatClient());

    private ServiceCollection Services(string fallback = "fast")
    {
        var services = new ServiceCollection();
        services.AddArchRouter(r => r.Route("code", "Writing code", to: "strong").Fallback(fallback)).UseEngine(ScriptedRouterEngine.ByMention());
        services.AddKeyedChatClient("fast", _fast);
        services.AddKeyedChatClient("strong", _strong);
        return services;
    }
}
