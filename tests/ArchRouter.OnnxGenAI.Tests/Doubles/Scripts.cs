namespace ArchRouter.OnnxGenAI.Tests;

/// <summary>Models for the stand-in.</summary>
internal static class Scripts
{
    /// <summary>Any change to the sequence gives other logits; exact in half precision.</summary>
    public static float Hash(IReadOnlyList<int> sequence, int token)
    {
        uint hash = 2166136261;
        foreach (int one in sequence)
        {
            hash = (hash ^ (uint)one) * 16777619;
        }

        return ((((hash ^ (uint)token) * 2654435761) >> 16) % 128) / 32f;
    }
}
