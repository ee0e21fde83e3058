namespace CodingAgents.Tests;

/// <summary>Targets that fail in other ways than with an answer that says so.</summary>
public sealed class FailedRunTests
{
    public static TheoryData<string, string, Type> Failures
    {
        get
        {
            TheoryData<string, string, Type> data = [];
            foreach (Type error in new[] { typeof(HttpIOException), typeof(TaskCanceledException) })
            {
                data.Add("Sk", "Sequential", error);
                data.Add("Maf", "Sequential", error);
                data.Add("Maf", "Handoff", error);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task FinishedSteps_AreKept_WithTheError(string framework, string workflow, Type failure)
    {
        Exception error = failure == typeof(HttpIOException)
            ? new HttpIOException(HttpRequestError.ResponseEnded, "The response ended.")
            : new TaskCanceledException("The request took too long.");
        Observer observer = new() { OnBegun = step => _ = step.Number == 3 ? throw error : 0 };
        RunSettings settings = Given.Settings(Enum.Parse<Framework>(framework), Enum.Parse<WorkflowKind>(workflow)) with { Recordings = Given.LoopRecordings };

        RunResult result = await new CodingRun(settings, observer).RunAsync(CancellationToken.None);

        Assert.Equal(RunEnd.Failed, result.End);
        Assert.Equal(["explainer", "architect"], result.Steps.Select(s => s.Agent));
        Assert.Equal(error.Message, result.Error!.Message);
        Assert.Equal(2, result.Cost.Targets.Sum(t => t.Steps));
    }

    [Theory]
    [InlineData("Sequential")]
    [InlineData("Handoff")]
    public async Task Server_ThatBreaksOffInAStream_EndsTheRun(string workflow)
    {
        await using BreakingServer server = new("""data: {"id":"1","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"It "}}]}""");
        RunSettings settings = Given.Settings(Framework.Maf, Enum.Parse<WorkflowKind>(workflow)) with { BaseUrl = server.Endpoint };

        RunResult result = await new CodingRun(settings, new Observer()).RunAsync(CancellationToken.None);

        Assert.Equal(RunEnd.Failed, result.End);
        Assert.IsAssignableFrom<IOException>(result.Error);
        Assert.Empty(result.Steps);
    }
}
