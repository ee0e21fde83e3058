namespace CodingAgents;

/// <summary>Who an agent is, whichever framework runs it.</summary>
/// <param name="Name">The agent's name; also the first thing its instructions say.</param>
/// <param name="Description">What others may hand to it.</param>
/// <param name="Instructions">Its system instructions.</param>
/// <param name="MayWrite">Whether it may change files.</param>
/// <param name="MayRun">Whether it may build and test.</param>
/// <param name="Requests">What it is asked: the first time, the second time and so on; the last one stands for all later ones.</param>
internal sealed record AgentRole(
    string Name, string Description, string Instructions, bool MayWrite, bool MayRun, IReadOnlyList<string> Requests)
{
    /// <summary>What the agent is asked at its nth turn, counted from 0.</summary>
    public string RequestAt(int turn) => Requests[Math.Min(turn, Requests.Count - 1)];
}
