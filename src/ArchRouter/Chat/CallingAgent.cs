using System.Diagnostics;

namespace ArchRouter;

/// <summary>Finds the name of the calling agent in the ambient activity, where agent frameworks put it when they are traced.</summary>
internal static class CallingAgent
{
    private const string AgentNameTag = "gen_ai.agent.name";

    public static string? FromActivity()
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
