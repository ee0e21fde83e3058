using System.Diagnostics;

namespace ArchRouter;

/// <summary>
/// Finds the name of the calling agent where the request does not say it: by the application's own way, else in the ambient activity, where
/// agent frameworks put it when they are traced.
/// </summary>
internal static class CallingAgent
{
    private const string AgentNameTag = "gen_ai.agent.name";

    public static string? Find(PreferenceRouter router) => Ask(router.FindAgentName) ?? FromActivity();

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
            if (activity.GetTagItem(AgentNameTag) is string name)
            {
                return name;
            }
        }

        return null;
    }
}
