using System.Buffers;

namespace ArchRouter.Onnx;

/// <summary>A piece of a prompt under construction: text, and control tokens that only this class's callers can put there.</summary>
internal sealed class PromptText
{
    private readonly ArrayBufferWriter<char> _text = new(1024);
    private readonly List<Range> _special = [];

    public PromptText Append(ReadOnlySpan<char> text)
    {
        _text.Write(text);
        return this;
    }

    public PromptText AppendSpecial(string token)
    {
        _special.Add(_text.WrittenCount..(_text.WrittenCount + token.Length));
        return Append(token);
    }

    /// <summary>Appends the inside of a JSON string. System.Text.Json escapes more, and in upper case, which no router model was trained on.</summary>
    public PromptText AppendJson(ReadOnlySpan<char> text, JsonEscapes escapes)
    {
        new JsonInside(this, escapes).Write(text);
        return this;
    }

    public override string ToString() => _text.WrittenSpan.ToString();

    /// <summary>Adds the tokens.</summary>
    /// <param name="tokenizer">A tokenizer that has the control tokens.</param>
    /// <param name="ids">Where they go.</param>
    /// <param name="next">
    /// The first character of what follows, where the model was trained on the whole as one text: a tokenizer may part the end of a text in
    /// another way than its middle. Between the text and this character must be a place where the tokenizer parts words.
    /// </param>
    public void Encode(BpeTokenizer tokenizer, List<int> ids, char? next = null)
    {
        int start = 0;
        ReadOnlySpan<char> text = _text.WrittenSpan;
        foreach (Range range in _special)
        {
            (int offset, int length) = range.GetOffsetAndLength(text.Length);
            tokenizer.Encode(text[start..offset], ids);
            ids.Add(tokenizer.TryGetSpecial(text.Slice(offset, length).ToString(), out int id) ? id : throw new InvalidOperationException("The tokenizer lacks a control token."));
            start = offset + length;
        }

        if (next is not { } follower)
        {
            tokenizer.Encode(text[start..], ids);
            return;
        }

        tokenizer.Encode([.. text[start..], follower], ids);
        int extra = tokenizer.Encode([follower]).Length;
        ids.RemoveRange(ids.Count - extra, extra);
    }
}
