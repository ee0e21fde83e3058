namespace ArchRouter.Onnx;

/// <summary>A place in the answers where they part: the model must be asked which way to go.</summary>
/// <param name="Path">The tokens from the end of the prompt up to here.</param>
/// <param name="Ways">The ways on; at least two, in the order of their tokens.</param>
/// <param name="Candidates">Every candidate further on, in rising order; at least two.</param>
internal sealed record TrieBranch(int[] Path, IReadOnlyList<TrieWay> Ways, IReadOnlyList<int> Candidates);

/// <summary>One way on from a branch.</summary>
/// <param name="Token">The token that takes it.</param>
/// <param name="Next">The next branch, or <see langword="null"/> where only one candidate is left.</param>
/// <param name="Candidate">The candidate that is left.</param>
internal readonly record struct TrieWay(int Token, TrieBranch? Next, int Candidate);
