namespace ArchRouter;

/// <summary>A policy, or <c>other</c>, with its probability.</summary>
/// <param name="Name">The policy's name, or <see cref="RoutePolicy.Other"/>.</param>
/// <param name="Probability">The probability, 0 to 1.</param>
public readonly record struct PolicyProbability(string Name, double Probability);
