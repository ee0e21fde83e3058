namespace ArchRouter.Onnx;

/// <summary>How much of a conversation an encoder reads.</summary>
/// <param name="Messages">The most messages.</param>
/// <param name="LatestCodePoints">The most Unicode code points of the latest message.</param>
/// <param name="EarlierCodePoints">The most Unicode code points of each earlier one.</param>
internal sealed record ConversationLimits(int Messages, int LatestCodePoints, int EarlierCodePoints);
