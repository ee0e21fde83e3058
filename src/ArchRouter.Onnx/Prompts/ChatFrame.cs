namespace ArchRouter.Onnx;

/// <summary>ChatML around the one user message that holds the prompt.</summary>
/// <param name="System">The system message that the model's chat template adds of its own accord, if it does.</param>
internal sealed record ChatFrame(string? System)
{
    private const string Start = "<|im_start|>";
    private const string End = "<|im_end|>";

    /// <summary>ChatML without a system message.</summary>
    public static readonly ChatFrame Plain = new((string?)null);

    /// <summary>Qwen2.5's own template, which Arch-Router was trained with.</summary>
    public static readonly ChatFrame Qwen25 = new("You are Qwen, created by Alibaba Cloud. You are a helpful assistant.");

    /// <summary>The control tokens that the tokenizer must have.</summary>
    public static IReadOnlyList<string> ControlTokens { get; } = [Start, End];

    /// <summary>The frame that a model's chat template writes.</summary>
    /// <param name="template">The template.</param>
    /// <param name="problem">What is wrong, if there is no frame.</param>
    public static ChatFrame? FromTemplate(string template, out string problem)
    {
        if (!template.Contains(Start, StringComparison.Ordinal))
        {
            problem = "The chat template is not ChatML.";
            return null;
        }

        // The model was trained with the message that its template adds, so none may be lost.
        problem = "The chat template makes up a system message in a way that this version cannot read: it must stand in one piece between the marks.";
        return DefaultSystemMessage.TryFind(template, out string? system) ? new ChatFrame(system) : null;
    }

    public void WriteStart(PromptText text)
    {
        if (System is not null)
        {
            text.AppendSpecial(Start).Append("system\n").Append(System).AppendSpecial(End).Append("\n");
        }

        text.AppendSpecial(Start).Append("user\n");
    }

    public static void WriteEnd(PromptText text) => text.AppendSpecial(End).Append("\n").AppendSpecial(Start).Append("assistant\n");
}
