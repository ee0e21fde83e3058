using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter.Onnx.Tests;

public sealed class UseEncoderTests
{
    [Fact]
    public async Task UseEncoder_RoutesWithTheBundledModel()
    {
        await using ServiceProvider services = Router().UseEncoder().Services.BuildServiceProvider();

        RoutingDecision decision = await services.GetRequiredService<PreferenceRouter>().RouteAsync(new RouteContext
        {
            Conversation = ConversationWindow.FromMessages([new ChatMessage(ChatRole.User, "Write a C# method that parses ISO dates")]),
        });

        Assert.Equal(RoutingOutcome.Matched, decision.Outcome);
        Assert.Equal("code_generation", decision.Policy);
    }

    [Fact]
    public async Task UseEncoder_TakesTheFolderInItsOptions()
    {
        using var folder = new TinyFolder();
        await using ServiceProvider services = Router().UseEncoder(options => options.ModelFolder = folder.Path).Services.BuildServiceProvider();

        var engine = Assert.IsType<EncoderRouterEngine>(services.GetRequiredService<IRouterEngine>());

        Assert.Equal("tiny", engine.ModelId);
        Assert.Same(engine, services.GetRequiredService<IRouterEngine>());
    }

    [Fact]
    public async Task UseEncoder_LetsTheContainerDispose()
    {
        ServiceProvider services = Router().UseEncoder().Services.BuildServiceProvider();
        IRouterEngine engine = services.GetRequiredService<IRouterEngine>();

        await services.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await engine.ScoreAsync(Requests.Of("x", "a")));
    }

    [Fact]
    public void UseEncoder_ReportsABadFolderWhenTheRouterIsMade()
    {
        using ServiceProvider services = Router().UseEncoder(options => options.ModelFolder = "/does/not/exist").Services.BuildServiceProvider();

        Assert.Throws<ModelFolderException>(services.GetRequiredService<PreferenceRouter>);
    }

    private static ArchRouterBuilder Router() => new ServiceCollection().AddArchRouter(routes => routes
        .Route("code_generation", "Writing new functions, classes, scripts or tests from a description", to: "strong")
        .Route("travel", "Planning trips, flights and hotels", to: "fast")
        .Fallback("fast"));
}
