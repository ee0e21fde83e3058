namespace ArchRouter.Onnx.Tests;

/// <summary>Layouts in all their forms, and prompts as whole texts and as tokens.</summary>
internal static class Prompts
{
    public static TheoryData<string, string> LayoutsAndTokenizers
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (string layout in PromptLayouts.Ids)
            {
                all.Add(layout, "qwen2.5");
                all.Add(layout, "smollm2");
            }

            return all;
        }
    }

    public static PromptLayout Raw(string id) => id switch
    {
        PromptLayouts.CardId => PromptLayouts.Card(ChatFrame.Qwen25, raw: true),
        PromptLayouts.GatewayId => PromptLayouts.Gateway(ChatFrame.Qwen25, raw: true),
        PromptLayouts.OrchestratorId => PromptLayouts.Orchestrator(ChatFrame.Qwen25, raw: true),
        _ => PromptLayouts.Compact,
    };

    public static PromptLayout Default(string id) => PromptLayouts.Find(id, ChatFrame.Qwen25)!;

    public static PromptCompiler Compiler(PromptLayout layout, BpeTokenizer tokenizer, int contextLength = 8192) =>
        PromptCompiler.Create(layout, tokenizer, contextLength, "tokenizer.json", new ModelFolderReport("folder"))!;

    /// <summary>The prompt as one text, from the parts as the layout writes them.</summary>
    public static string Text(PromptLayout layout, PolicySet policies, ConversationWindow conversation) =>
        $"{layout.Prefix(policies)}{layout.Messages(conversation.Messages)}{layout.Suffix()}";

    /// <summary>The prompt's tokens without any split but at the frame's own control tokens.</summary>
    public static int[] TokensOfWhole(BpeTokenizer tokenizer, string prompt)
    {
        const string UserStart = "<|im_start|>";
        int start = prompt.IndexOf($"{UserStart}user\n", StringComparison.Ordinal) + UserStart.Length;
        int end = prompt.LastIndexOf("<|im_end|>\n<|im_start|>assistant\n", StringComparison.Ordinal);
        return [
            .. tokenizer.Encode(prompt.AsSpan(0, start), allowSpecial: true),
            .. tokenizer.Encode(prompt.AsSpan(start, end - start)),
            .. tokenizer.Encode(prompt.AsSpan(end), allowSpecial: true)];
    }

    public static int[] Tokens(PromptTokens compiled, ConversationWindow conversation) => [.. compiled.Prefix.Span, .. compiled.Encode(conversation)];
}
