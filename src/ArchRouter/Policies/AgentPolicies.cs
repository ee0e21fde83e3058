namespace ArchRouter;

/// <summary>The policies that an agent's requests may match; no other policy of the table is looked at for them.</summary>
/// <param name="Agent">
/// A pattern for the agent's name; case does not matter, <c>*</c> stands for any run of characters and <c>?</c> for one. An entry with the
/// agent's very name counts alone; otherwise every entry whose pattern fits limits the agent.
/// </param>
/// <param name="Allow">The names of the policies, in the table's order; not empty.</param>
public sealed record AgentPolicies(string Agent, IReadOnlyList<string> Allow);
