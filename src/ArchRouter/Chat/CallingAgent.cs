using System.Diagnostics;

namespace ArchRouter;

/// <summary>
/// Finds the name of the calling agent where the request does not say it: by the application's own way, else in the ambient activity, where
/// agent frameworks put it when they are traced.
/// </summary>
internal static class CallingAgent
{
    private const string AgentNameTag = "gen_ai.agent.name";

    public static string? Find(PreferenceRouter router) => Known(Ask(router.FindAgentName)) ?? FromActivity();

    /// <summary>The name, or null where it says nothing: an empty one must not hide what another source knows, for limits hang on it.</summary>
    public static string? Known(string? name) => string.IsNullOrWhiteSpace(name) ? null : name;

    private static string? Ask(Func<string?>? find)
    {
        try
        {
            return find?.Invoke();
        }
#pragma warning disable CA1031 // The application's code; a name that cannot be found must not break the call.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static string? FromActivity()
    {
        // The agent's activity need not be the innermost one: a tool loop has its own within.
        for (Activity? activity = Activity.Current; activity is not null; activity = activity.Parent)
        {
            if (Known(activity.GetTagItem(AgentNameTag) as string) is { } name)
            {
                return name;
            }
        }

        return null;
    }
}
