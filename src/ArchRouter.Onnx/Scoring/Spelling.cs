namespace ArchRouter.Onnx;

/// <summary>One way in which a model writes a candidate as its answer, up to where the candidate is clear.</summary>
/// <param name="Candidate">The candidate's number. A candidate can have several spellings.</param>
/// <param name="Tokens">The tokens, from the end of the prompt on.</param>
internal readonly record struct Spelling(int Candidate, int[] Tokens);
