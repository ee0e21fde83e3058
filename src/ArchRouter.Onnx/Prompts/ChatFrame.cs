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

    private static readonly ChatFrame[] WithSystem = [Qwen25, new("You are a helpful AI assistant named SmolLM, trained by Hugging Face")];

    /// <summary>The control tokens that the tokenizer must have.</summary>
    public static IReadOnlyList<string> ControlTokens { get; } = [Start, End];

    /// <summary>The frame that a model's chat template writes, or <see langword="null"/> if it is not ChatML.</summary>
    public static ChatFrame? FromTemplate(string template) =>
        WithSystem.FirstOrDefault(frame => template.Contains(frame.System!, StringComparison.Ordinal))
        ?? (template.Contains(Start, StringComparison.Ordinal) ? Plain : null);

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
