namespace ArchRouter.Onnx;

/// <summary>How the model's answer is written. The start is forced; what the model decides is everything after it.</summary>
/// <param name="Start">What every answer begins with; part of the prompt.</param>
/// <param name="Open">Before the name.</param>
/// <param name="Close">After the name.</param>
/// <param name="Other">The whole rest of the answer that no policy fits.</param>
internal sealed record PromptAnswer(string Start, string Open, string Close, string Other)
{
    /// <summary><c>{"route": "name"}</c>.</summary>
    public static readonly PromptAnswer Single = new("{\"route\": \"", "", "\"}", "other\"}");

    /// <summary><c>{"route": ["name"]}</c>. Starts before the space, since <c> ["</c> is one word to the tokenizer.</summary>
    public static readonly PromptAnswer List = new("{\"route\":", " [\"", "\"]}", " []}");

    /// <summary>The rest of the answer that names a policy, its name escaped as in the prompt, where the model copies it from.</summary>
    public string For(string name, JsonEscapes escapes) => new PromptText().Append(Open).AppendJson(name, escapes).Append(Close).ToString();
}
