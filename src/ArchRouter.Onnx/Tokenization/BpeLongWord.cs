namespace ArchRouter.Onnx;

/// <summary>Merges a word of any length with a queue of pairs over a linked list, so that a megabyte of one letter is no trap.</summary>
internal ref struct BpeLongWord
{
    private readonly BpeMerges _merges;
    private readonly Span<int> _tokens;
    private readonly int[] _next;
    private readonly int[] _previous;
    private readonly PriorityQueue<Pair, long> _queue;

    private BpeLongWord(BpeMerges merges, Span<int> tokens)
    {
        _merges = merges;
        _tokens = tokens;
        _next = new int[tokens.Length];
        _previous = new int[tokens.Length];
        _queue = new(tokens.Length);
    }

    /// <returns>How many tokens are left at the start of the span.</returns>
    public static int Merge(BpeMerges merges, Span<int> tokens) => new BpeLongWord(merges, tokens).Run();

    private readonly int Run()
    {
        for (int i = 0; i < _tokens.Length; i++)
        {
            _next[i] = i + 1;
            _previous[i] = i - 1;
            Offer(i);
        }

        while (_queue.TryDequeue(out Pair pair, out _))
        {
            Apply(pair);
        }

        int count = 0;
        for (int i = 0; i < _tokens.Length; i = _next[i])
        {
            _tokens[count++] = _tokens[i];
        }

        return count;
    }

    private readonly void Apply(Pair pair)
    {
        int right = _next[pair.Start];
        // A pair is stale once one of its tokens has merged with another neighbour.
        if (_tokens[pair.Start] != pair.Left || right >= _tokens.Length || _tokens[right] != pair.Right)
        {
            return;
        }

        _tokens[pair.Start] = _merges.TokenOf(pair.Left, pair.Right);
        _tokens[right] = Gone;
        int after = _next[right];
        _next[pair.Start] = after;
        if (after < _tokens.Length)
        {
            _previous[after] = pair.Start;
        }

        Offer(_previous[pair.Start]);
        Offer(pair.Start);
    }

    private readonly void Offer(int start)
    {
        if (start < 0 || _next[start] >= _tokens.Length)
        {
            return;
        }

        Pair pair = new(start, _tokens[start], _tokens[_next[start]]);
        int rank = _merges.RankOf(pair.Left, pair.Right);
        if (rank != BpeMerges.Never)
        {
            _queue.Enqueue(pair, ((long)rank << 32) | (uint)start);
        }
    }

    private const int Gone = -1;

    private readonly record struct Pair(int Start, int Left, int Right);
}
