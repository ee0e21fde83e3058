using System.Net;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

public sealed class FailoverTests
{
    public static TheoryData<Exception, bool> Retryable()
    {
        TheoryData<Exception, bool> data = [];
        foreach (bool streaming in new[] { false, true })
        {
            data.Add(new HttpOperationException(HttpStatusCode.TooManyRequests, null, "throttled", null), streaming);
            data.Add(new HttpOperationException(HttpStatusCode.ServiceUnavailable, null, "down", null), streaming);
            data.Add(new HttpOperationException(null, null, "no connection", new HttpRequestException("refused")), streaming);
            data.Add(new TaskCanceledException("timed out", new TimeoutException()), streaming);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Retryable))]
    public async Task RetryableFailure_MovesOnToTheNextTarget(Exception error, bool streaming)
    {
        var test = new TestKernel { Fast = new("fast") { OnCall = _ => throw error } };

        (string text, RoutingDecision? decision) = await Ask.PromptAsync(test.Build(), "a mail to Bob", streaming);

        Assert.Equal("strong", text);
        Assert.Equal("fast", decision!.Target.ServiceId);
        Assert.Equal("strong", decision.ServedBy);
        Assert.EndsWith("fast failed, strong answered", decision.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, HttpStatusCode.BadRequest)]
    [InlineData(true, HttpStatusCode.BadRequest)]
    [InlineData(false, HttpStatusCode.Unauthorized)]
    [InlineData(true, HttpStatusCode.Unauthorized)]
    public async Task FailureOfTheRequest_Surfaces(bool streaming, HttpStatusCode status)
    {
        HttpOperationException error = new(status, null, "no", null);
        var test = new TestKernel { Fast = new("fast") { OnCall = _ => throw error } };

        Assert.Same(error, await Assert.ThrowsAsync<HttpOperationException>(() => Ask.PromptAsync(test.Build(), "a mail to Bob", streaming)));
        Assert.Empty(test.Strong.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LastTargetsFailure_SurfacesUntouched(bool streaming)
    {
        HttpOperationException error = new(HttpStatusCode.TooManyRequests, null, "throttled", null);
        var test = new TestKernel { Strong = new("strong") { OnCall = _ => throw error } };

        Assert.Same(error, await Assert.ThrowsAsync<HttpOperationException>(() => Ask.PromptAsync(test.Build(), "a sql query", streaming)));
        Assert.Empty(test.Fast.Calls);
    }

    [Fact]
    public async Task FailureAfterTheFirstUpdate_Surfaces()
    {
        HttpOperationException error = new(HttpStatusCode.ServiceUnavailable, null, "down", null);
        var test = new TestKernel { Fast = new("fast") { OnMidStream = () => throw error } };

        Assert.Same(error, await Assert.ThrowsAsync<HttpOperationException>(() => Ask.PromptAsync(test.Build(), "a mail to Bob", streaming: true)));
        Assert.Empty(test.Strong.Calls);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CallersCancellation_NeverMovesOn(bool streaming)
    {
        using CancellationTokenSource source = new();
        var test = new TestKernel
        {
            Fast = new("fast")
            {
                OnCall = async call =>
                {
                    await source.CancelAsync();
                    call.Token.ThrowIfCancellationRequested();
                },
            },
        };
        Kernel kernel = test.Build();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ask.ServiceAsync(
            kernel.GetRequiredService<IChatCompletionService>(), [new(AuthorRole.User, "a mail")], streaming, null, kernel, token: source.Token));
        Assert.Empty(test.Strong.Calls);
    }
}
