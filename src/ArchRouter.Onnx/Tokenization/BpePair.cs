namespace ArchRouter.Onnx;

/// <summary>A pair of tokens that merges, and the places in a word where it stood when they were seen.</summary>
internal sealed class BpePair(int left, int right, int token)
{
    private readonly List<int> _starts = [];
    private int _taken;
    private bool _sorted = true;

    public int Left => left;

    public int Right => right;

    public int Token => token;

    public bool IsEmpty => _taken == _starts.Count;

    public void Add(int start)
    {
        _sorted &= _starts.Count == 0 || _starts[^1] < start;
        _starts.Add(start);
    }

    public bool TryTakeLeftmost(out int start)
    {
        if (!_sorted)
        {
            _starts.Sort(_taken, _starts.Count - _taken, null);
            _sorted = true;
        }

        start = IsEmpty ? -1 : _starts[_taken++];
        return start >= 0;
    }
}
