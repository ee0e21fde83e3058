using System.Text;
using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Reads the model of a <c>tokenizer.json</c>: tokens, merges and added tokens.</summary>
internal sealed class BpeVocabularyReader
{
    /// <summary>Far above any vocabulary; a higher id is a broken file, not a reason to reserve gigabytes.</summary>
    private const int HighestId = 1 << 22;

    private readonly TokenizerJson _json;
    private readonly Dictionary<string, int> _ids = new(StringComparer.Ordinal);
    private readonly Dictionary<int, byte[]> _bytes = [];
    private readonly Dictionary<long, BpeMerges.Merge> _merges = [];
    private readonly List<AddedToken> _added = [];

    private BpeVocabularyReader(TokenizerJson json) => _json = json;

    public IReadOnlyList<AddedToken> Added => _added;

    /// <returns>The parts, or <see langword="null"/> if there are problems.</returns>
    public static BpeVocabularyReader? Read(TokenizerJson json)
    {
        var reader = new BpeVocabularyReader(json);
        return reader.CheckKind() && reader.ReadAdded() && reader.ReadTokens() && reader.ReadMerges() ? reader : null;
    }

    public BpeVocabulary ToVocabulary()
    {
        byte[]?[] bytes = new byte[]?[_bytes.Keys.Max() + 1];
        foreach ((int id, byte[] token) in _bytes)
        {
            bytes[id] = token;
        }

        return new(bytes, new(_merges), TokenizerJson.IsTrue(_json["model", "ignore_merges"]) ? WholeWords() : null);
    }

    private bool CheckKind()
    {
        bool known = (TokenizerJson.IsText(_json["model", "type"], "BPE") || TokenizerJson.IsUnset(_json["model", "type"]))
            && TokenizerJson.IsUnset(_json["model", "continuing_subword_prefix"], "")
            && TokenizerJson.IsUnset(_json["model", "end_of_word_suffix"], "")
            && TokenizerJson.IsUnset(_json["model", "dropout"], "0", "0.0")
            && TokenizerJson.IsUnset(_json["model", "byte_fallback"], "False")
            && _json["model", "vocab"].ValueKind == JsonValueKind.Object
            && _json["model", "merges"].ValueKind == JsonValueKind.Array;
        return known || Fail("The model is not byte-level BPE with 'vocab' and 'merges', or has a prefix, suffix, dropout or byte fallback, which this version does not know.");
    }

    private bool ReadAdded()
    {
        JsonElement list = _json["added_tokens"];
        foreach (JsonElement token in list.ValueKind == JsonValueKind.Array ? list.EnumerateArray() : default)
        {
            string? text = TokenizerJson.Get(token, "content") is { ValueKind: JsonValueKind.String } content ? content.GetString() : null;
            if (string.IsNullOrEmpty(text) || !TryId(TokenizerJson.Get(token, "id"), out int id) || !_bytes.TryAdd(id, Encoding.UTF8.GetBytes(text)) || !_ids.TryAdd(text, id))
            {
                return Fail($"The added token {TokenizerJson.Show(token)} has no text or no id of its own.");
            }

            if (((string[])["single_word", "lstrip", "rstrip"]).Any(flag => TokenizerJson.IsTrue(TokenizerJson.Get(token, flag))))
            {
                return Fail($"The added token {TokenizerJson.Show(token)} takes white space or words around it along, which this version does not know.");
            }

            _added.Add(new(text, id, TokenizerJson.IsTrue(TokenizerJson.Get(token, "special")), TokenizerJson.IsTrue(TokenizerJson.Get(token, "normalized"))));
        }

        return true;
    }

    private bool ReadTokens()
    {
        foreach (JsonProperty token in _json["model", "vocab"].EnumerateObject())
        {
            if (!TryId(token.Value, out int id))
            {
                return Fail($"The id of the token '{token.Name}' is {TokenizerJson.Show(token.Value)}, not a whole number from 0 to {HighestId}.");
            }

            if (_ids.TryGetValue(token.Name, out int same) && same == id)
            {
                // An added token may be listed here too.
                continue;
            }

            byte[] bytes = new byte[token.Name.Length];
            if (!ByteAlphabet.TryRead(token.Name, bytes))
            {
                return Fail($"The token '{token.Name}' ({id}) is not written in the byte alphabet.");
            }

            if (!_bytes.TryAdd(id, bytes) || !_ids.TryAdd(token.Name, id))
            {
                return Fail($"The token '{token.Name}' ({id}) is declared twice, or shares its id with another.");
            }
        }

        return _bytes.Count > 0 ? CheckUnknown() : Fail("The vocabulary is empty.");
    }

    /// <summary>Bytes without a token are dropped here, as the format has it where no token stands for the unknown.</summary>
    private bool CheckUnknown()
    {
        const int Bytes = 256;
        JsonElement unknown = _json["model", "unk_token"];
        int known = _ids.Where(token => _bytes[token.Value].Length == 1).Select(token => _bytes[token.Value][0]).Distinct().Count();
        return TokenizerJson.IsUnset(unknown) || known == Bytes
            || Fail($"'model.unk_token' is {TokenizerJson.Show(unknown)} and the vocabulary lacks {Bytes - known} of the {Bytes} bytes; this version does not write unknown tokens.");
    }

    private bool ReadMerges()
    {
        Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> ids = _ids.GetAlternateLookup<ReadOnlySpan<char>>();
        HashSet<int> special = [.. _added.Where(token => token.IsSpecial).Select(token => token.Id)];
        int rank = 0;
        foreach (JsonElement merge in _json["model", "merges"].EnumerateArray())
        {
            string pair = Pair(merge);
            int gap = pair.IndexOf(' ', StringComparison.Ordinal);
            if (gap <= 0 || !ids.TryGetValue(pair.AsSpan(0, gap), out int left) || !ids.TryGetValue(pair.AsSpan(gap + 1), out int right)
                || !ids.TryGetValue(pair.Remove(gap, 1), out int joined))
            {
                return Fail($"The merge {TokenizerJson.Show(merge)} (number {rank}) names a token that is not in the vocabulary.");
            }

            if (special.Contains(joined))
            {
                return Fail($"The merge {TokenizerJson.Show(merge)} (number {rank}) makes a special token out of plain text.");
            }

            // Of a pair listed twice the later rank counts, as in the reference.
            _merges[BpeMerges.Key(left, right)] = new(rank++, joined);
        }

        return true;
    }

    /// <summary>A merge is written as one string with a space, or as two strings; the byte alphabet has no space.</summary>
    private static string Pair(JsonElement merge) => merge.ValueKind switch
    {
        JsonValueKind.String => merge.GetString()!,
        JsonValueKind.Array when merge.GetArrayLength() == 2 => $"{merge[0]} {merge[1]}",
        _ => "",
    };

    private Dictionary<string, int> WholeWords()
    {
        HashSet<string> added = [.. _added.Select(token => token.Text)];
        return _ids.Where(token => !added.Contains(token.Key)).ToDictionary(StringComparer.Ordinal);
    }

    private static bool TryId(JsonElement element, out int id)
    {
        id = -1;
        return element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out id) && id is >= 0 and <= HighestId;
    }

    private bool Fail(string message)
    {
        _json.Wrong(message);
        return false;
    }
}
