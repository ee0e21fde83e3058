namespace ArchRouter.Onnx;

/// <summary>How much of a conversation goes into a prompt.</summary>
/// <param name="Messages">The most messages.</param>
/// <param name="LatestCodePoints">The most Unicode code points of the latest message.</param>
/// <param name="EarlierCodePoints">The most Unicode code points of each earlier one.</param>
/// <param name="Tokens">The most tokens of all of them together, however long the model's context is: every one costs time.</param>
internal sealed record PromptLimits(int Messages, int LatestCodePoints, int EarlierCodePoints, int Tokens);
