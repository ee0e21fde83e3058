using System.Buffers;

namespace ArchRouter.Onnx;

/// <summary>Finds added tokens in text that is trusted: the leftmost, of several the longest.</summary>
internal sealed class AddedTokens
{
    public static readonly AddedTokens None = new([]);

    private readonly AddedToken[] _longestFirst;
    private readonly SearchValues<char> _firsts;

    public AddedTokens(IEnumerable<AddedToken> tokens)
    {
        _longestFirst = [.. tokens.OrderByDescending(token => token.Text.Length)];
        _firsts = SearchValues.Create([.. _longestFirst.Select(token => token.Text[0]).Distinct()]);
    }

    /// <summary>The first added token in a text.</summary>
    /// <returns>Its index, or -1.</returns>
    public int Find(ReadOnlySpan<char> text, out AddedToken found)
    {
        for (int start = 0; start < text.Length; start++)
        {
            int next = text[start..].IndexOfAny(_firsts);
            if (next < 0)
            {
                break;
            }

            start += next;
            foreach (AddedToken token in _longestFirst)
            {
                if (text[start..].StartsWith(token.Text, StringComparison.Ordinal))
                {
                    found = token;
                    return start;
                }
            }
        }

        found = default;
        return -1;
    }
}

/// <summary>A token that is found in text before the text is parted.</summary>
/// <param name="Text">Its text, not empty.</param>
/// <param name="Id">Its id.</param>
/// <param name="IsSpecial">Whether it is a control token, such as the end of a message.</param>
/// <param name="AfterNormalization">Whether it is looked for in the normalized text.</param>
internal readonly record struct AddedToken(string Text, int Id, bool IsSpecial, bool AfterNormalization);
