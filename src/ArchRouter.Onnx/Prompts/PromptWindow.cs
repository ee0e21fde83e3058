namespace ArchRouter.Onnx;

/// <summary>Fits a conversation into a number of tokens: the oldest messages go first, the latest stays and is cut in its middle if it must be.</summary>
internal sealed class PromptWindow(PromptLayout layout, BpeTokenizer tokenizer, int budget)
{
    /// <summary>The most tokens that a conversation can take.</summary>
    public int Budget => budget;

    /// <summary>Adds the conversation's tokens; never more than the budget.</summary>
    public void Encode(ConversationWindow conversation, List<int> ids)
    {
        int start = ids.Count;
        ConversationMessage[] messages = Select(conversation);
        int fitting = messages.Length;
        if (TryEncode(messages, start, ids) || messages.Length == 0)
        {
            return;
        }

        // The largest number of messages that fits, between none and one less than all.
        int least = 0;
        while (least < fitting - 1)
        {
            int count = (least + fitting) / 2;
            (least, fitting) = TryEncode(messages.AsSpan()[^count..], start, ids) ? (count, fitting) : (least, count);
        }

        if (least == 0)
        {
            EncodeShortened(messages[^1], start, ids);
        }
        else
        {
            TryEncode(messages.AsSpan()[^least..], start, ids);
        }
    }

    /// <summary>The fewest tokens into which a conversation can be cut.</summary>
    public static int Least(PromptLayout layout, BpeTokenizer tokenizer)
    {
        List<int> ids = [];
        Encode(layout, tokenizer, [new(ConversationRole.Assistant, Shorten("xx", 0))], ids);
        return ids.Count;
    }

    private void EncodeShortened(ConversationMessage message, int start, List<int> ids)
    {
        int codePoints = Math.Min(message.Text.Length, layout.Limits.LatestCodePoints);
        do
        {
            // What fits is about in proportion; never quite, so it is tried.
            codePoints = Math.Min(codePoints - 1, (int)((long)codePoints * budget / Math.Max(1, ids.Count - start)));
        }
        while (!TryEncode([message with { Text = Shorten(message.Text, codePoints) }], start, ids) && codePoints > 0);
    }

    private bool TryEncode(ReadOnlySpan<ConversationMessage> messages, int start, List<int> ids)
    {
        ids.RemoveRange(start, ids.Count - start);
        Encode(layout, tokenizer, messages, ids);
        return ids.Count - start <= budget;
    }

    private static void Encode(PromptLayout layout, BpeTokenizer tokenizer, ReadOnlySpan<ConversationMessage> messages, List<int> ids) =>
        layout.Messages(messages.ToArray()).Encode(tokenizer, ids, layout.IsOneText ? layout.Instructions[0] : null);

    private ConversationMessage[] Select(ConversationWindow conversation)
    {
        List<ConversationMessage> selected = [];
        for (int i = conversation.Messages.Count - 1; i >= 0 && selected.Count < layout.Limits.Messages; i--)
        {
            ConversationMessage message = conversation.Messages[i];
            if (!string.IsNullOrWhiteSpace(message.Text))
            {
                selected.Add(message with { Text = Shorten(message.Text, selected.Count == 0 ? layout.Limits.LatestCodePoints : layout.Limits.EarlierCodePoints) });
            }
        }

        selected.Reverse();
        return [.. selected];
    }

    private static string Shorten(string text, int codePoints)
    {
        if (text.Length <= codePoints)
        {
            return text;
        }

        var buffer = new TextBuffer((codePoints * 2) + 16);
        try
        {
            MessageTrim.AppendMiddleTrimmed(ref buffer, text, codePoints);
            return buffer.Text.ToString();
        }
        finally
        {
            buffer.Dispose();
        }
    }
}
