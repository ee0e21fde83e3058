namespace ArchRouter.Tests.Resilience;

public sealed class RoutedCallTests
{
    private const int Many = 50;

    [Fact]
    public void Begin_EndsAnEndlessDescent()
    {
        var error = Assert.Throws<InvalidOperationException>(() => Descend(Many));

        Assert.Contains("the router itself", error.Message, StringComparison.Ordinal);
        Descend(10);

        static void Descend(int levels)
        {
            using var call = RoutedCall.Begin();
            if (levels > 1)
            {
                Descend(levels - 1);
            }
        }
    }

    /// <summary>An agent's step may start the next one and end; then a long run is no deep one.</summary>
    [Fact]
    public async Task Begin_DoesNotCountCallsThatHaveEnded()
    {
        Assert.Equal(Many, await StepAsync(1, Task.CompletedTask));

        static async Task<int> StepAsync(int step, Task before)
        {
            await before;
            var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Task<int>? next = null;
            using (RoutedCall.Begin())
            {
                if (step < Many)
                {
                    next = StepAsync(step + 1, ended.Task);
                }
            }

            ended.SetResult();
            return next is null ? step : await next;
        }
    }

    [Fact]
    public void Tools_AreNotedInEveryCallAroundThem()
    {
        using var outer = RoutedCall.Begin();
        using var inner = RoutedCall.Begin();

        RoutedCall.NoteTool();

        Assert.True(outer.ToolRan);
        Assert.True(inner.ToolRan);
    }
}
