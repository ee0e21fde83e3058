namespace ArchRouter;

/// <summary>
/// Two engines: a fast one that always speaks first, and a better, slower one that is asked only when the first is not clear. Where the second
/// is late, busy or broken, the first's answer counts; where the first is broken, the second's does.
/// </summary>
/// <remarks>
/// <para>Thread-safe if the engines are. <see cref="PolicyScores.Cascade"/> and <see cref="RoutingDecision.Cascade"/> tell which engine spoke and why.</para>
/// <para>An abandoned second request is cancelled, and what becomes of it is observed. Cancellation by the caller is thrown, whatever an engine makes of it.</para>
/// </remarks>
public sealed class CascadeRouterEngine : IRouterEngine, IWarmableEngine, IDisposable, IAsyncDisposable
{
    /// <summary>Where the exception of the second engine carries that of the first in <see cref="Exception.Data"/>, when both failed.</summary>
    public const string FirstErrorKey = "ArchRouter.FirstEngineError";

    private readonly IRouterEngine _first;
    private readonly IRouterEngine _second;
    private readonly double _minimumMargin;
    private readonly TimeSpan _secondDeadline;
    private readonly bool _leaveOpen;
    private readonly TimeProvider _time;
    private bool _disposed;

    /// <summary>Makes a cascade.</summary>
    /// <param name="first">The fast engine, which always speaks first.</param>
    /// <param name="second">The better, slower engine.</param>
    /// <param name="options">When to ask the second; copied. <see langword="null"/> means the defaults.</param>
    /// <param name="leaveOpen">Whether the engines stay yours to dispose. Default: false, they are disposed with the cascade.</param>
    /// <param name="timeProvider">The clock for <see cref="CascadeRouterOptions.SecondDeadline"/>.</param>
    /// <exception cref="ArgumentException">An option is out of its range.</exception>
    public CascadeRouterEngine(
        IRouterEngine first, IRouterEngine second, CascadeRouterOptions? options = null, bool leaveOpen = false, TimeProvider? timeProvider = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        CascadeRouterOptions own = (options ?? new CascadeRouterOptions()).CheckedCopy();
        _first = first;
        _second = second;
        _minimumMargin = own.MinimumMargin;
        _secondDeadline = own.SecondDeadline ?? CascadeRouterOptions.UsualSecondDeadline;
        _leaveOpen = leaveOpen;
        _time = timeProvider ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    /// <exception cref="ObjectDisposedException">The cascade was disposed.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> fired.</exception>
    /// <exception cref="Exception">Both engines failed: the second's exception, with the first's under <see cref="FirstErrorKey"/>.</exception>
    public async ValueTask<PolicyScores> ScoreAsync(RouterRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ObjectDisposedException.ThrowIf(Volatile.Read(ref _disposed), this);
        cancellationToken.ThrowIfCancellationRequested();
        long started = _time.GetTimestamp();
        try
        {
            PolicyScores first;
            try
            {
                first = await EngineCall.ScoreAsync(_first, request, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception error) when (!cancellationToken.IsCancellationRequested)
            {
                return await WithoutFirstAsync(request, error, cancellationToken).ConfigureAwait(false);
            }

            return first.Margin >= _minimumMargin
                ? first.With(new CascadeStep { Outcome = CascadeOutcome.FirstKept, FirstMargin = first.Margin })
                : await EscalateAsync(request, first, started, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception) when (cancellationToken.IsCancellationRequested)
        {
            // However an engine reports it, what the caller cancelled did not fail.
            cancellationToken.ThrowIfCancellationRequested();
            throw;
        }
    }

    async Task IWarmableEngine.WarmUpAsync(RouterRequest request, CancellationToken cancellationToken)
    {
        // A greeting is often clear to the first engine; the second must not meet its policies in a user's request.
        await EngineCall.WarmUpAsync(_first, request, cancellationToken).ConfigureAwait(false);
        await EngineCall.WarmUpAsync(_second, request, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Disposes both engines, unless they stay the maker's. An engine that can only be disposed asynchronously is waited for.</summary>
    public void Dispose()
    {
        if (Close())
        {
            using EngineOwner second = new(_second);
            using EngineOwner first = new(_first);
        }
    }

    /// <summary>Disposes both engines, unless they stay the maker's.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Close())
        {
            await using var second = new EngineOwner(_second).ConfigureAwait(false);
            await using var first = new EngineOwner(_first).ConfigureAwait(false);
        }
    }

    private bool Close() => !Interlocked.Exchange(ref _disposed, true) && !_leaveOpen;

    private async ValueTask<PolicyScores> EscalateAsync(RouterRequest request, PolicyScores first, long started, CancellationToken cancellationToken)
    {
        var step = new CascadeStep { Outcome = CascadeOutcome.SecondLate, FirstMargin = first.Margin };
        TimeSpan left = _secondDeadline == Timeout.InfiniteTimeSpan ? _secondDeadline : _secondDeadline - _time.GetElapsedTime(started);
        if (left <= TimeSpan.Zero && left != Timeout.InfiniteTimeSpan)
        {
            return first.With(step);
        }

        using var expiry = new CancellationTokenSource(left, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(expiry.Token, cancellationToken);
        try
        {
            PolicyScores second = await EngineCall.ScoreAsync(_second, request, either.Token).ConfigureAwait(false);
            return second.With(step with { Outcome = CascadeOutcome.Escalated });
        }
#pragma warning disable CA1031 // Whatever the second engine throws, the first has answered; the step carries the error.
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            return first.With(expiry.IsCancellationRequested ? step : step with
            {
                Outcome = error is RouterOverloadedException ? CascadeOutcome.SecondBusy : CascadeOutcome.SecondFailed,
                Error = error,
            });
        }
    }

    private async ValueTask<PolicyScores> WithoutFirstAsync(RouterRequest request, Exception firstError, CancellationToken cancellationToken)
    {
        try
        {
            PolicyScores second = await EngineCall.ScoreAsync(_second, request, cancellationToken).ConfigureAwait(false);
            return second.With(new CascadeStep { Outcome = CascadeOutcome.FirstFailed, Error = firstError });
        }
        catch (Exception error) when (error != firstError && !cancellationToken.IsCancellationRequested)
        {
            // An engine may throw the same object to several callers at once, and the dictionary is not made for that.
            lock (error.Data.SyncRoot)
            {
                error.Data[FirstErrorKey] = firstError;
            }

            throw;
        }
    }
}
