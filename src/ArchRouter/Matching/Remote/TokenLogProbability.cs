namespace ArchRouter;

/// <summary>A token of a router model's answer with the logarithm of its probability.</summary>
/// <param name="Token">The token's text.</param>
/// <param name="LogProbability">The natural logarithm of its probability, 0 or less.</param>
/// <param name="Alternatives">What could have stood in its place, as far as the server tells; may hold the token itself.</param>
public sealed record TokenLogProbability(string Token, double LogProbability, IReadOnlyList<TokenLogProbability>? Alternatives = null);
