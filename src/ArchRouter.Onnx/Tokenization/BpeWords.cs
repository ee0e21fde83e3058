using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Text;

namespace ArchRouter.Onnx;

/// <summary>Turns single words into tokens and remembers the short ones.</summary>
/// <remarks>Thread-safe. The memory is emptied when it is full: what is frequent is soon back, and text made to fill it gains nothing.</remarks>
internal sealed class BpeWords(BpeVocabulary vocabulary)
{
    /// <summary>The most words remembered, and the longest of them in UTF-16 code units: about 2 MB at most.</summary>
    public const int Capacity = 16_384;
    private const int LongestRemembered = 24;
    private const int OnStack = 192;
    private const int BytesPerChar = 3;

    private readonly ConcurrentDictionary<string, int[]> _remembered = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>How many words are remembered.</summary>
    public int Count => _remembered.Count;

    public void Append(ReadOnlySpan<char> word, List<int> ids)
    {
        if (word.Length > LongestRemembered)
        {
            Make(word, ids);
        }
        else if (_remembered.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(word, out int[]? known))
        {
            ids.AddRange(known);
        }
        else
        {
            int start = ids.Count;
            Make(word, ids);
            Remember(word.ToString(), CollectionsMarshal.AsSpan(ids)[start..].ToArray());
        }
    }

    private void Remember(string word, int[] tokens)
    {
        if (!_remembered.TryAdd(word, tokens))
        {
            return;
        }

        if (Interlocked.Increment(ref _count) >= Capacity)
        {
            _remembered.Clear();
            Interlocked.Exchange(ref _count, 0);
        }
    }

    private void Make(ReadOnlySpan<char> word, List<int> ids)
    {
        byte[]? rented = null;
        int most = word.Length * BytesPerChar;
        Span<byte> bytes = most <= OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(most);
        try
        {
            // Encoding.UTF8 writes lone surrogates as U+FFFD.
            bytes = bytes[..Encoding.UTF8.GetBytes(word, bytes)];
            if (vocabulary.TryGetWholeWord(bytes, out int token))
            {
                ids.Add(token);
            }
            else
            {
                Merge(bytes, ids);
            }
        }
        finally
        {
            if (rented is not null)
            {
                ArrayPool<byte>.Shared.Return(rented, clearArray: true);
            }
        }
    }

    private void Merge(ReadOnlySpan<byte> word, List<int> ids)
    {
        bool isShort = word.Length <= BpeShortWord.Longest;
        Span<int> tokens = isShort ? stackalloc int[BpeShortWord.Longest] : new int[word.Length];
        tokens = tokens[..vocabulary.Spell(word, tokens)];
        int count = isShort ? BpeShortWord.Merge(vocabulary.Merges, tokens) : BpeLongWord.Merge(vocabulary.Merges, tokens);
        ids.AddRange(tokens[..count]);
    }
}
