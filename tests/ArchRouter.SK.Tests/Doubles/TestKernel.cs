using ArchRouter.TestDoubles;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

/// <summary>A kernel with the targets <c>fast</c> and <c>strong</c> and an engine that picks the policy named in the request.</summary>
internal sealed class TestKernel
{
    public RecordingChatService Fast { get; init; } = new("fast", "model-fast");

    public RecordingChatService Strong { get; init; } = new("strong", "model-strong");

    public ScriptedRouterEngine Engine { get; init; } = ScriptedRouterEngine.ByMention();

    public Action<RouteTableBuilder> Routes { get; init; } = DefaultRoutes;

    public Action<ArchRouterBuilder> Configure { get; init; } = _ => { };

    public Action<IKernelBuilder> Add { get; init; } = _ => { };

    public static void DefaultRoutes(RouteTableBuilder routes) => routes
        .Route("sql", "Writing database queries", to: "strong")
        .Route("mail", "Drafting e-mails", to: "fast", orElse: ["strong"])
        .Fallback("fast");

    public Kernel Build()
    {
        IKernelBuilder builder = Kernel.CreateBuilder();
        builder.Services.AddKeyedSingleton<IChatCompletionService>("fast", Fast);
        builder.Services.AddKeyedSingleton<IChatCompletionService>("strong", Strong);
        builder.AddArchRouterSelector(Routes, router => Configure(router.UseEngine(Engine)));
        Add(builder);
        return builder.Build();
    }
}
