using ArchRouter.TestDoubles;

namespace ArchRouter.Tests.Matching.Cascade;

/// <summary>Engines that tell which of the two they are.</summary>
internal static class CascadeEngines
{
    public static readonly RouterRequest Request = new(Given.Table.Policies, Given.Request("anything").Conversation);

    /// <summary>Answers 'code', ahead of 'chat' by this much.</summary>
    public static ScriptedRouterEngine First(double margin) => new((request, _) => ValueTask.FromResult(
        new PolicyScores(request.Policies, [(1 + margin) / 2, (1 - margin) / 2], 0, "first", RouterTier.Encoder)));

    /// <summary>Answers 'chat'.</summary>
    public static ScriptedRouterEngine Second() => new((request, _) => ValueTask.FromResult(Scores(request)));

    /// <summary>Answers 'chat' once the task is done; ignores cancellation.</summary>
    public static ScriptedRouterEngine SecondAfter(Task task) => new(async (request, _) =>
    {
        await task;
        return Scores(request);
    });

    /// <summary>Waits for its own cancellation.</summary>
    public static ScriptedRouterEngine Waiting(TaskCompletionSource? asked = null) => new(async (_, token) =>
    {
        asked?.SetResult();
        await Task.Delay(Timeout.Infinite, token);
        throw new InvalidOperationException("Not reached.");
    });

    public static PolicyScores Scores(RouterRequest request) =>
        new(request.Policies, [0.05, 0.9], 0.05, "second", RouterTier.RouterModel);
}
