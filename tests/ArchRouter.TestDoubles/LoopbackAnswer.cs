namespace ArchRouter.TestDoubles;

/// <summary>What a <see cref="LoopbackOpenAI"/> answers: a text, or the call of a tool.</summary>
public sealed record LoopbackAnswer
{
    /// <summary>The text.</summary>
    public string? Text { get; private init; }

    /// <summary>The tool to call.</summary>
    public string? Tool { get; private init; }

    /// <summary>The tool's arguments as JSON.</summary>
    public string Arguments { get; private init; } = "{}";

    /// <summary>Awaited before the second part of the text is streamed; its token ends with the connection.</summary>
    public Func<CancellationToken, Task> InMidStream { get; init; } = _ => Task.CompletedTask;

    /// <summary>Answers with a text.</summary>
    public static LoopbackAnswer Say(string text) => new() { Text = text };

    /// <summary>Answers with the call of a tool.</summary>
    public static LoopbackAnswer Call(string tool, string arguments = "{}") => new() { Tool = tool, Arguments = arguments };
}
