namespace ArchRouter.Benchmarks.Accuracy;

/// <summary>Counts of one decider on one file.</summary>
internal sealed class AccuracyFigures
{
    private int _strict;
    private int _lenient;
    private int _inScope;
    private int _inScopeRight;
    private int _other;
    private int _otherRight;

    public int Cases { get; private set; }

    public double Strict => (double)_strict / Cases;

    public double Lenient => (double)_lenient / Cases;

    /// <summary>How often the best policy would do when <c>other</c> is left out, over the cases that have a policy; NaN where there are none.</summary>
    public double InScopeTop1 => (double)_inScopeRight / _inScope;

    /// <summary>How often <c>other</c> is answered where it is right; NaN where it never is.</summary>
    public double OtherRecall => (double)_otherRight / _other;

    public void Add(RoutingCase routingCase, CaseAnswer answer)
    {
        Cases++;
        _strict += answer.Answer == routingCase.Route ? 1 : 0;
        _lenient += routingCase.Accepts(answer.Answer) ? 1 : 0;
        if (routingCase.InScope)
        {
            _inScope++;
            _inScopeRight += answer.BestPolicy is { } best && routingCase.Accepts(best) ? 1 : 0;
        }
        else
        {
            _other++;
            _otherRight += answer.Answer == RoutePolicy.Other ? 1 : 0;
        }
    }
}
