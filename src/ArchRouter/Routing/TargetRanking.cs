namespace ArchRouter;

/// <summary>Passes over targets that are known not to be able to serve a request.</summary>
internal static class TargetRanking
{
    /// <summary>English text has about four characters a token; this only keeps obviously too long conversations from small contexts.</summary>
    private const int CharactersPerToken = 4;

    /// <summary>
    /// The targets that can serve, in their order; where none can, the fallback's that can; where none of those can either, the targets
    /// as they are, so that the service itself says what is missing.
    /// </summary>
    public static IReadOnlyList<RouteTarget> Able(IReadOnlyList<RouteTarget> targets, IReadOnlyList<RouteTarget> fallback, RouteContext context)
    {
        if (All(targets, context))
        {
            return targets;
        }

        RouteTarget[] able = [.. targets.Where(t => CanServe(t, context))];
        if (able.Length == 0)
        {
            able = [.. fallback.Where(t => CanServe(t, context))];
        }

        return able.Length > 0 ? able : targets;
    }

    private static bool All(IReadOnlyList<RouteTarget> targets, RouteContext context)
    {
        for (int i = 0; i < targets.Count; i++)
        {
            if (!CanServe(targets[i], context))
            {
                return false;
            }
        }

        return true;
    }

    private static bool CanServe(RouteTarget target, RouteContext context) =>
        target.Supports(context.Needs | (context.Conversation.AnyImage ? TargetCapabilities.Vision : TargetCapabilities.None))
        && (target.ContextLength is not { } length || context.Conversation.TotalLength / CharactersPerToken <= length);
}
