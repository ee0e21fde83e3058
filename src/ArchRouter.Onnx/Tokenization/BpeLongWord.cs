namespace ArchRouter.Onnx;

/// <summary>Merges a word of any length over a linked list, pair by pair in the order of their ranks, so that a megabyte of one letter is no trap.</summary>
internal ref struct BpeLongWord
{
    private const int Gone = -1;

    private readonly BpeMerges _merges;
    private readonly Span<int> _tokens;
    private readonly int[] _next;
    private readonly int[] _previous;
    private readonly Dictionary<int, BpePair> _pairs = [];
    private readonly PriorityQueue<BpePair, int> _queue = new();

    private BpeLongWord(BpeMerges merges, Span<int> tokens)
    {
        _merges = merges;
        _tokens = tokens;
        _next = new int[tokens.Length];
        _previous = new int[tokens.Length];
    }

    /// <returns>How many tokens are left at the start of the span.</returns>
    public static int Merge(BpeMerges merges, Span<int> tokens) => new BpeLongWord(merges, tokens).Run();

    private readonly int Run()
    {
        for (int i = 0; i < _tokens.Length; i++)
        {
            _next[i] = i + 1;
            _previous[i] = i - 1;
        }

        for (int i = 0; i < _tokens.Length; i++)
        {
            Offer(i);
        }

        while (_queue.TryDequeue(out BpePair? pair, out int rank))
        {
            ApplyAll(pair, rank);
        }

        int count = 0;
        for (int i = 0; i < _tokens.Length; i = _next[i])
        {
            _tokens[count++] = _tokens[i];
        }

        return count;
    }

    private readonly void ApplyAll(BpePair pair, int rank)
    {
        while (pair.TryTakeLeftmost(out int start))
        {
            Apply(pair, start);
            if (_queue.TryPeek(out _, out int lowest) && lowest < rank && !pair.IsEmpty)
            {
                // Files from training never get here: there, a merge only makes pairs of higher rank.
                _queue.Enqueue(pair, rank);
                return;
            }
        }

        _pairs.Remove(rank);
    }

    private readonly void Apply(BpePair pair, int start)
    {
        int right = _next[start];
        // A place is stale once one of its tokens has merged with another neighbour.
        if (_tokens[start] != pair.Left || right >= _tokens.Length || _tokens[right] != pair.Right)
        {
            return;
        }

        _tokens[start] = pair.Token;
        _tokens[right] = Gone;
        int after = _next[right];
        _next[start] = after;
        if (after < _tokens.Length)
        {
            _previous[after] = start;
        }

        Offer(_previous[start]);
        Offer(start);
    }

    private readonly void Offer(int start)
    {
        if (start < 0 || _next[start] >= _tokens.Length)
        {
            return;
        }

        int left = _tokens[start];
        int right = _tokens[_next[start]];
        int rank = _merges.RankOf(left, right);
        if (rank == BpeMerges.Never)
        {
            return;
        }

        if (!_pairs.TryGetValue(rank, out BpePair? pair))
        {
            pair = new(left, right, _merges.TokenOf(left, right));
            _pairs.Add(rank, pair);
            _queue.Enqueue(pair, rank);
        }

        pair.Add(start);
    }
}
