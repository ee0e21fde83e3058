namespace ArchRouter;

/// <summary>An engine's answer: one probability for each policy and one for <c>other</c>.</summary>
/// <remarks>Immutable and thread-safe.</remarks>
public sealed class PolicyScores
{
    private const double Tolerance = 1e-3;
    private readonly double[] _probabilities;

    /// <summary>Makes an answer.</summary>
    /// <param name="policies">The policies of the request.</param>
    /// <param name="probabilities">One probability for each policy, in their order; copied.</param>
    /// <param name="other">The probability that no policy fits.</param>
    /// <param name="engineId">Names the model, for example <c>archrouter-quickstart-1</c>.</param>
    /// <param name="tier">Which kind of model spoke.</param>
    /// <exception cref="ArgumentException">The numbers are not a distribution over the policies and <c>other</c>.</exception>
    public PolicyScores(PolicySet policies, ReadOnlySpan<double> probabilities, double other, string engineId, RouterTier tier = RouterTier.Custom)
    {
        ArgumentNullException.ThrowIfNull(policies);
        ArgumentException.ThrowIfNullOrEmpty(engineId);
        if (probabilities.Length != policies.Count)
        {
            throw new ArgumentException($"{policies.Count} policies but {probabilities.Length} probabilities.", nameof(probabilities));
        }

        double sum = CheckProbability(other, nameof(other));
        foreach (double probability in probabilities)
        {
            sum += CheckProbability(probability, nameof(probabilities));
        }

        if (Math.Abs(sum - 1) > Tolerance)
        {
            throw new ArgumentException($"The probabilities sum to {sum}, not 1.", nameof(probabilities));
        }

        Policies = policies;
        _probabilities = probabilities.ToArray();
        Other = other;
        EngineId = engineId;
        Tier = tier;
    }

    private PolicyScores(PolicyScores scores, CascadeStep cascade)
    {
        Policies = scores.Policies;
        _probabilities = scores._probabilities;
        Other = scores.Other;
        EngineId = scores.EngineId;
        Tier = scores.Tier;
        Cascade = cascade;
    }

    /// <summary>The policies that were scored.</summary>
    public PolicySet Policies { get; }

    /// <summary>One probability for each policy, in their order.</summary>
    public IReadOnlyList<double> Probabilities => _probabilities;

    /// <summary>The probability that no policy fits.</summary>
    public double Other { get; }

    /// <summary>Names the model that answered.</summary>
    public string EngineId { get; }

    /// <summary>Which kind of model spoke.</summary>
    public RouterTier Tier { get; }

    /// <summary>How a <see cref="CascadeRouterEngine"/> came to this answer; null if none was asked.</summary>
    public CascadeStep? Cascade { get; }

    internal ReadOnlySpan<double> Span => _probabilities;

    /// <summary>How far the most probable answer is ahead of the next; <c>other</c> is one of them.</summary>
    internal double Margin
    {
        get
        {
            double first = Other;
            double second = 0;
            foreach (double probability in _probabilities)
            {
                second = Math.Max(second, Math.Min(first, probability));
                first = Math.Max(first, probability);
            }

            return first - second;
        }
    }

    /// <summary>Makes an answer from unnormalised scores by softmax.</summary>
    /// <param name="policies">The policies of the request.</param>
    /// <param name="logits">One score for each policy, in their order.</param>
    /// <param name="otherLogit">The score of <c>other</c>.</param>
    /// <param name="engineId">Names the model.</param>
    /// <param name="tier">Which kind of model spoke.</param>
    /// <exception cref="ArgumentException">A score is not finite, or their number is not that of the policies.</exception>
    public static PolicyScores FromLogits(PolicySet policies, ReadOnlySpan<double> logits, double otherLogit, string engineId, RouterTier tier = RouterTier.Custom)
    {
        double max = otherLogit;
        foreach (double logit in logits)
        {
            max = Math.Max(max, logit);
        }

        if (!double.IsFinite(max))
        {
            throw new ArgumentException("A logit is not a finite number.", nameof(logits));
        }

        double other = Math.Exp(otherLogit - max);
        double sum = other;
        double[] probabilities = new double[logits.Length];
        for (int i = 0; i < logits.Length; i++)
        {
            sum += probabilities[i] = Math.Exp(logits[i] - max);
        }

        for (int i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] /= sum;
        }

        return new PolicyScores(policies, probabilities, other / sum, engineId, tier);
    }

    /// <summary>The same answer, told how a cascade came to it.</summary>
    internal PolicyScores With(CascadeStep cascade) => new(this, cascade);

    private static double CheckProbability(double value, string name) =>
        value is >= 0 and <= 1 + Tolerance ? value : throw new ArgumentException($"{value} is not a probability.", name);
}
