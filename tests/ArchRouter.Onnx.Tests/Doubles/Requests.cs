namespace ArchRouter.Onnx.Tests;

/// <summary>Short ways to write a request.</summary>
internal static class Requests
{
    /// <summary>A lone user message and policies whose descriptions are their names.</summary>
    public static RouterRequest Of(string text, params string[] policies) => new(
        new PolicySet(policies.Select(name => new RoutePolicy(name, name))),
        new ConversationWindow([new(ConversationRole.User, text)]));
}
