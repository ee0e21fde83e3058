namespace ArchRouter.Benchmarks.Accuracy;

/// <summary>Something that decides routing cases.</summary>
internal interface IDecider
{
    string Name { get; }

    CaseAnswer Decide(RoutingCase routingCase);
}

/// <param name="Answer">A policy's name or <c>other</c>.</param>
/// <param name="BestPolicy">The best policy when <c>other</c> is left out, or null where all are equal.</param>
/// <param name="Probability">The probability of the answer, or null where the decider knows none.</param>
/// <param name="Margin">How far the answer is ahead of the next, or null where the decider knows no probabilities.</param>
internal readonly record struct CaseAnswer(string Answer, string? BestPolicy, double? Probability, double? Margin = null);
