namespace ArchRouter;

/// <summary>Some or all policies of a table, in its order: what an engine is asked about for a request that is limited to them.</summary>
/// <param name="Policies">The policies.</param>
/// <param name="Indexes">The position of each in the table.</param>
internal sealed record PolicySubset(PolicySet Policies, int[] Indexes);
