namespace ArchRouter.Onnx;

/// <summary>Which two tokens become one, and which pair goes first.</summary>
internal sealed class BpeMerges(Dictionary<long, BpeMerges.Merge> merges)
{
    /// <summary>The rank of a pair that does not merge.</summary>
    public const int Never = int.MaxValue;

    public int RankOf(int left, int right) => merges.TryGetValue(Key(left, right), out Merge merge) ? merge.Rank : Never;

    /// <summary>The token of a pair that does merge.</summary>
    public int TokenOf(int left, int right) => merges[Key(left, right)].Token;

    public static long Key(int left, int right) => ((long)left << 32) | (uint)right;

    internal readonly record struct Merge(int Rank, int Token);
}
