namespace CodingAgents.Tests;

public sealed class ToolGateTests
{
    private readonly ToolGate _gate = new();

    [Fact]
    public async Task Closing_StopsWhatRunsAndWaitsForIt()
    {
        TaskCompletionSource cleaned = new();
        Task<int> running = _gate.RunAsync(
            async token =>
            {
                try
                {
                    await Task.Delay(Timeout.Infinite, token);
                    return 1;
                }
                finally
                {
                    await cleaned.Task;
                }
            },
            CancellationToken.None).AsTask();

        Task closing = _gate.DisposeAsync().AsTask();

        Assert.False(closing.IsCompleted);
        cleaned.SetResult();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await closing;
    }

    [Fact]
    public async Task Closed_RunsNothingMore()
    {
        Assert.Equal(1, await _gate.RunAsync(_ => ValueTask.FromResult(1), CancellationToken.None));
        await _gate.DisposeAsync();
        await _gate.DisposeAsync();
        bool ran = false;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await _gate.RunAsync(_ => ValueTask.FromResult(ran = true), CancellationToken.None));

        Assert.False(ran);
    }

    [Fact]
    public async Task Caller_CanCancel()
    {
        using CancellationTokenSource source = new();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _gate.RunAsync(_ => ValueTask.FromResult(1), source.Token));
    }
}
