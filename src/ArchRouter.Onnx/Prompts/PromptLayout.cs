namespace ArchRouter.Onnx;

/// <summary>
/// A prompt layout: policies, then the conversation, then instructions where the protocol has them there, then the forced start of the
/// answer. Everything through the policies is the same for every request and can stay in the model's cache.
/// </summary>
internal sealed record PromptLayout
{
    /// <summary>The name that <c>router.json</c> uses.</summary>
    public required string Id { get; init; }

    public required ChatFrame Frame { get; init; }

    /// <summary>The text before the policies.</summary>
    public required string Head { get; init; }

    public required PairList Routes { get; init; }

    /// <summary>The text between policies and conversation; the end of the stable prefix.</summary>
    public required string Middle { get; init; }

    public required PairList Conversation { get; init; }

    /// <summary>The text after the conversation.</summary>
    public required string Instructions { get; init; }

    public required PromptAnswer Answer { get; init; }

    public required JsonEscapes Escapes { get; init; }

    public required PromptLimits Limits { get; init; }

    /// <summary>
    /// Whether the parts are tokenized as if they were one text, as a model was trained with that reads the protocol from others. Otherwise
    /// prefix and conversation are tokenized each for itself.
    /// </summary>
    public required bool IsOneText { get; init; }

    public PromptText Prefix(IEnumerable<RoutePolicy> policies)
    {
        PromptText text = new();
        Frame.WriteStart(text);
        text.Append(Head);
        Routes.Write(text, policies.Select(policy => (policy.Name, policy.Description)), Escapes);
        return text.Append(Middle);
    }

    public PromptText Messages(IEnumerable<ConversationMessage> messages)
    {
        PromptText text = new();
        Conversation.Write(text, messages.Select(message => (message.Role == ConversationRole.Assistant ? "assistant" : "user", message.Text)), Escapes);
        return text;
    }

    /// <summary>What follows the conversation; the same for every request.</summary>
    public PromptText Suffix()
    {
        PromptText text = new PromptText().Append(Instructions);
        ChatFrame.WriteEnd(text);
        return text.Append(Answer.Start);
    }

    /// <summary>What the model writes after the prompt to name a policy, or <see langword="null"/> for none of them.</summary>
    public string AnswerFor(string? name) => name is null ? Answer.Other : Answer.For(name, Escapes);
}
