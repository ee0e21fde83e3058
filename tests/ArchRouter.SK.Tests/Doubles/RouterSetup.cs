using ArchRouter.TestDoubles;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK.Tests;

/// <summary>Ways to have the selector in a kernel. What Semantic Kernel asks of a selector must hold in each.</summary>
public enum RouterSetup
{
    /// <summary>Switched off.</summary>
    PassThrough,

    /// <summary>A rule that never holds, and the fallback.</summary>
    RulesOnly,

    /// <summary>One policy, which every request matches.</summary>
    SinglePolicy,
}

internal static class RouterSetups
{
    /// <summary>Adds the selector so that every call that names no service itself goes to one target.</summary>
    public static IKernelBuilder AddRouter(this IKernelBuilder builder, RouterSetup setup, string target) => builder.AddArchRouterSelector(
        routes => _ = setup == RouterSetup.SinglePolicy
            ? routes.Route("any", "Anything at all", to: target).Fallback(target)
            : routes.Rule("never", new RuleCondition { Function = "no-such-function" }, to: target).Fallback(target),
        router => router.UseEngine(ScriptedRouterEngine.Picking(_ => "any")).ConfigureSelector(o => o.PassThrough = setup == RouterSetup.PassThrough));
}
