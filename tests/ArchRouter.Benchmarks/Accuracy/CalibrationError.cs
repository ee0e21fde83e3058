namespace ArchRouter.Benchmarks.Accuracy;

/// <summary>Expected calibration error: how far the probability of the answer is from how often it would do, over ten equal bins.</summary>
internal sealed class CalibrationError
{
    private const int Bins = 10;
    private readonly int[] _count = new int[Bins];
    private readonly int[] _right = new int[Bins];
    private readonly double[] _probability = new double[Bins];

    public void Add(double probability, bool right)
    {
        int bin = Math.Min((int)(probability * Bins), Bins - 1);
        _count[bin]++;
        _right[bin] += right ? 1 : 0;
        _probability[bin] += probability;
    }

    public double Value => Enumerable.Range(0, Bins).Sum(i => Math.Abs(_right[i] - _probability[i])) / _count.Sum();
}
