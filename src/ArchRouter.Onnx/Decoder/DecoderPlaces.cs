namespace ArchRouter.Onnx;

/// <summary>
/// The places of a decoder. A request gets one that holds the stable part of its prompt already, or else one that was stopped while reading
/// it, or else the one used longest ago.
/// </summary>
internal sealed class DecoderPlaces : ITokenModels
{
    private readonly Lock _lock = new();
    private readonly DecoderSession _decoder;
    private readonly DecoderPlace[] _all;
    private readonly List<DecoderPlace> _idle;
    private long _uses;

    public DecoderPlaces(DecoderSession decoder, int count)
    {
        _decoder = decoder;
        _all = [.. Enumerable.Range(0, count).Select(_ => new DecoderPlace(decoder))];
        _idle = [.. _all];
    }

    public int VocabularySize => _decoder.Shape.Config.VocabularySize;

    public int ContextLength => _decoder.ContextLength;

    public DecoderShape Shape => _decoder.Shape;

    public IReadOnlyList<DecoderPlace> All => _all;

    public ITokenModel Rent(ReadOnlySpan<int> prompt, int stable)
    {
        lock (_lock)
        {
            DecoderPlace best = Choose(prompt, stable);
            _idle.Remove(best);
            best.LastUse = ++_uses;
            return best;
        }
    }

    public void Return(ITokenModel model)
    {
        lock (_lock)
        {
            _idle.Add((DecoderPlace)model);
        }
    }

    public void Dispose()
    {
        Array.ForEach(_all, place => place.Dispose());
        _decoder.Dispose();
    }

    // Part of the stable tokens alone is no reason to take a place: all prompts begin alike, and another list of policies would lose its own.
    private DecoderPlace Choose(ReadOnlySpan<int> prompt, int stable)
    {
        DecoderPlace? oldest = null;
        DecoderPlace? begun = null;
        DecoderPlace? longest = null;
        int most = 0;
        int mostBegun = 0;
        foreach (DecoderPlace place in _idle)
        {
            int reusable = place.Reusable(prompt, stable);
            if (reusable >= Math.Max(stable, 1) && (reusable > most || (reusable == most && place.LastUse > longest!.LastUse)))
            {
                (longest, most) = (place, reusable);
            }

            if (place.HasBegun(prompt, stable) && (begun is null || reusable > mostBegun))
            {
                (begun, mostBegun) = (place, reusable);
            }

            oldest = oldest is null || place.LastUse < oldest.LastUse ? place : oldest;
        }

        return longest ?? begun ?? oldest ?? throw new InvalidOperationException("More places were asked for than there are.");
    }
}
