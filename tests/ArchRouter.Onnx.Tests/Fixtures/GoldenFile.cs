namespace ArchRouter.Onnx.Tests;

/// <summary>What the reference implementation gave for some requests, end to end.</summary>
internal sealed record GoldenFile(string Model, GoldenCase[] Cases)
{
    public static readonly GoldenFile Instance = FixtureFile.Read<GoldenFile>("golden.json.gz");
}

internal sealed record GoldenCase(
    GoldenRoute[] Routes,
    GoldenMessage[] Messages,
    string QueryText,
    long[] QueryIds,
    float[] QueryEmbedding,
    double OtherLogit,
    GoldenPolicy[] Policies,
    double[] Logits,
    double[] Probabilities)
{
    public PolicySet PolicySet => new(Routes.Select(route => new RoutePolicy(route.Name, route.Description)));

    public ConversationWindow Conversation => new(Messages
        .Where(message => message.Role is "user" or "assistant")
        .Select(message => new ConversationMessage(message.Role == "user" ? ConversationRole.User : ConversationRole.Assistant, message.Content)));
}

internal sealed record GoldenRoute(string Name, string Description);

internal sealed record GoldenMessage(string Role, string Content);

/// <param name="EmbeddingFirst8">Named <c>embedding_first8</c> in the file.</param>
internal sealed record GoldenPolicy(
    string Text,
    long[] Ids,
    [property: System.Text.Json.Serialization.JsonPropertyName("embedding_first8")] float[] EmbeddingFirst8);
