using System.Collections.Concurrent;

namespace CodingAgents.Tests;

/// <summary>Each workflow run once from beginning to end, with the sample's own recordings; the builds in it are what takes time.</summary>
[CollectionDefinition(nameof(WholeRuns))]
public sealed class WholeRuns : ICollectionFixture<WholeRuns>
{
    private readonly ConcurrentDictionary<string, Lazy<Task<WholeRun>>> _runs = [];

    internal Task<WholeRun> OfAsync(string name) => _runs.GetOrAdd(name, n => new(() => RunAsync(n))).Value;

    private static async Task<WholeRun> RunAsync(string name)
    {
        RunSettings settings = name == "sk"
            ? Given.Settings()
            : Given.Settings(Framework.Maf, name == "maf-handoff" ? WorkflowKind.Handoff : WorkflowKind.Sequential);
        Assert.Equal(name, settings.Name);
        Observer observer = new();
        return new WholeRun(await new CodingRun(settings, observer).RunAsync(CancellationToken.None), observer.Root);
    }
}

/// <summary>A run and the folder that it worked in.</summary>
internal sealed record WholeRun(RunResult Result, string Root);
