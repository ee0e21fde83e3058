namespace ArchRouter.Onnx;

/// <summary>What scoring found.</summary>
/// <param name="ByCandidate">A probability for each candidate; they sum to 1.</param>
/// <param name="Passes">How many times the model was asked.</param>
/// <param name="Unexplored">The probability mass that was spread evenly instead of asked for; no candidate is off by more.</param>
internal sealed record RouteProbabilities(double[] ByCandidate, int Passes, double Unexplored);
