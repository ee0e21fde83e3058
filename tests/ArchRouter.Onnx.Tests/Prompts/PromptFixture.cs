using System.Text.Json.Serialization;

namespace ArchRouter.Onnx.Tests;

/// <summary>The prompts that the reference implementation of a layout gives.</summary>
internal sealed record PromptFixture(string Layout, PromptFixtureCase[] Cases)
{
    public static PromptFixture Of(string layout) => FixtureFile.Read<PromptFixture>($"prompts/{layout}.json.gz");
}

internal sealed record PromptFixtureCase(
    GoldenRoute[] Routes,
    GoldenMessage[] Messages,
    string Prompt,
    string? Prefix,
    string? UserMessage,
    [property: JsonPropertyName("qwen2.5_tokens")] int QwenTokens)
{
    public PolicySet Policies => new(Routes.Select(route => new RoutePolicy(route.Name, route.Description)));

    public ConversationWindow Conversation => new(Messages.Select(message =>
        new ConversationMessage(message.Role == "user" ? ConversationRole.User : ConversationRole.Assistant, message.Content)));
}
