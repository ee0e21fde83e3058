namespace ArchRouter.Onnx;

/// <summary>A conversation as the model reads it: the latest message first, then the earlier ones, newest first, each with its role.</summary>
internal static class ConversationText
{
    private const string User = "user: ";
    private const string Assistant = "assistant: ";

    public static void Write(ConversationWindow conversation, ConversationLimits limits, ref TextBuffer buffer)
    {
        int written = 0;
        for (int i = conversation.Messages.Count - 1; i >= 0 && written < limits.Messages; i--)
        {
            ConversationMessage message = conversation.Messages[i];
            ReadOnlySpan<char> text = MessageTrim.Strip(message.Text);
            if (text.IsEmpty)
            {
                continue;
            }

            bool latest = written == 0;
            if (!latest)
            {
                buffer.Append('\n');
            }

            if (!latest || message.Role == ConversationRole.Assistant)
            {
                buffer.Append(message.Role == ConversationRole.Assistant ? Assistant : User);
            }

            MessageTrim.AppendMiddleTrimmed(ref buffer, text, latest ? limits.LatestCodePoints : limits.EarlierCodePoints);
            written++;
        }
    }
}
