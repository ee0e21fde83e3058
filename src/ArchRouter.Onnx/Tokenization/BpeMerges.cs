namespace ArchRouter.Onnx;

/// <summary>Which two tokens become one, and which pair goes first.</summary>
internal sealed class BpeMerges(Dictionary<long, BpeMerges.Merge> merges)
{
    /// <summary>The rank of a pair that does not merge.</summary>
    public const int Never = int.MaxValue;

    public int RankOf(int left, int right) => merges.TryGetValue(Key(left, right), out Merge merge) ? merge.Rank : Never;

    /// <summary>The token of a pair that does merge.</summary>
    public int TokenOf(int left, int right) => merges[Key(left, right)].Token;

    /// <summary>A key for two tokens. Different pairs have different keys, for an odd factor loses nothing.</summary>
    /// <remarks>Without the factor a long's hash is the one half xor the other, which is 0 for every pair of equal tokens.</remarks>
    public static long Key(int left, int right)
    {
        const ulong OddFactor = 0x9E3779B97F4A7C15;
        return (long)unchecked((((ulong)(uint)left << 32) | (uint)right) * OddFactor);
    }

    internal readonly record struct Merge(int Rank, int Token);
}
