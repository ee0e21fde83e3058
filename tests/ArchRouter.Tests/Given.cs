using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace ArchRouter.Tests;

/// <summary>The usual table, requests and router.</summary>
internal static class Given
{
    public static readonly RouteTable Table = RouteTable.Create(Routes);

    public static void Routes(RouteTableBuilder routes) => routes
        .Route("code", "Writing code", to: "strong", orElse: ["fast"])
        .Route("chat", "Small talk", to: "fast")
        .Fallback("rest");

    public static RouteContext Request(string text) => new() { Conversation = Window(new ChatMessage(ChatRole.User, text)) };

    /// <summary>The same request after the model called a tool.</summary>
    public static RouteContext Continuation(string text) => new()
    {
        Conversation = Window(
            new ChatMessage(ChatRole.User, text),
            new ChatMessage(ChatRole.Assistant, [new FunctionCallContent("1", "now")]),
            new ChatMessage(ChatRole.Tool, [new FunctionResultContent("1", "noon")])),
    };

    /// <summary>An image without a word.</summary>
    public static RouteContext Image() => new() { Conversation = Window(new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")])) };

    public static ConversationWindow Window(params ChatMessage[] messages) => ConversationWindow.FromMessages(messages);

    public static PreferenceRouter Router(
        IRouterEngine? engine = null, RouteTable? table = null, RouterOptions? options = null, ILogger<PreferenceRouter>? logger = null, TimeProvider? time = null) =>
        new(new RouteTables(table ?? Table), engine ?? ScriptedRouterEngine.ByMention(), options, logger, time);

    /// <summary>An engine that answers with these probabilities, the last of which is <c>other</c>'s.</summary>
    public static ScriptedRouterEngine Scoring(params double[] probabilities) =>
        new((request, _) => ValueTask.FromResult(new PolicyScores(request.Policies, probabilities.AsSpan(..^1), probabilities[^1], "scripted")));

    /// <summary>An engine that never answers and ignores cancellation.</summary>
    public static ScriptedRouterEngine Hanging() =>
        new(static async (_, _) => await new TaskCompletionSource<PolicyScores>().Task);
}
