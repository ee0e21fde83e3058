using System.Buffers;
using System.Globalization;

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
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            char next = i + 1 < text.Length ? text[i + 1] : '\0';
            if (c == '<' && next == '/' && escapes.HasFlag(JsonEscapes.ClosingTags))
            {
                Append("<\\/");
                i++;
            }
            else if (c == '<' && next == '|' && escapes.HasFlag(JsonEscapes.ControlTokens))
            {
                Append("<\\u007c");
                i++;
            }
            else
            {
                AppendJson(c, escapes);
            }
        }

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

    private void AppendJson(char c, JsonEscapes escapes)
    {
        switch (c)
        {
            case '"':
                Append("\\\"");
                break;
            case '\\':
                Append("\\\\");
                break;
            case '\n':
                Append("\\n");
                break;
            case '\r':
                Append("\\r");
                break;
            case '\t':
                Append("\\t");
                break;
            case '\b':
                Append("\\b");
                break;
            case '\f':
                Append("\\f");
                break;
            case < ' ':
            case > '~' when escapes.HasFlag(JsonEscapes.NonAscii):
                Append(string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}"));
                break;
            default:
                Append([c]);
                break;
        }
    }
}
