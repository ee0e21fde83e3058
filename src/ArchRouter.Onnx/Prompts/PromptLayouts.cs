namespace ArchRouter.Onnx;

/// <summary>The layouts that this version knows.</summary>
internal static class PromptLayouts
{
    public const string CardId = "arch-router-card";
    public const string GatewayId = "arch-gateway";
    public const string OrchestratorId = "arch-orchestrator";
    public const string CompactId = "compact";

    /// <summary>Sixteen messages are what the gateway shows its models, 2,048 tokens what it showed Arch-Router.</summary>
    private static readonly PromptLimits Published = new(Messages: 16, LatestCodePoints: 6000, EarlierCodePoints: 1000, Tokens: 2048);

    /// <summary>The names, for messages.</summary>
    public static IReadOnlyList<string> Ids { get; } = [CardId, GatewayId, OrchestratorId, CompactId];

    /// <summary>The layout of a name, or <see langword="null"/>.</summary>
    /// <param name="id">One of <see cref="Ids"/>.</param>
    /// <param name="frame">What the model's chat template writes; <c>compact</c> has its own.</param>
    public static PromptLayout? Find(string id, ChatFrame frame) => id switch
    {
        CardId => Card(frame),
        GatewayId => Gateway(frame),
        OrchestratorId => Orchestrator(frame),
        CompactId => Compact,
        _ => null,
    };

    /// <summary>The layout of Arch-Router's model card.</summary>
    /// <param name="frame">What the model's chat template writes.</param>
    /// <param name="raw">The protocol to the byte, in which <c>&lt;/routes&gt;</c> in a message closes the block. Only for comparison.</param>
    public static PromptLayout Card(ChatFrame frame, bool raw = false) => new()
    {
        Id = CardId,
        Frame = frame,
        Head = ArchRouterCard.Head,
        Routes = new("[", "{\"name\": \"", "\", \"description\": \"", "\"}", ", ", "]"),
        Middle = ArchRouterCard.Middle,
        Conversation = new("[", "{\"role\": \"", "\", \"content\": \"", "\"}", ", ", "]\n\n"),
        Instructions = ArchRouterCard.Instructions,
        Answer = PromptAnswer.Single,
        Escapes = Safe(raw) | JsonEscapes.NonAscii,
        Limits = Published,
        IsOneText = true,
    };

    /// <summary>The layout in which the gateway asked Arch-Router.</summary>
    /// <inheritdoc cref="Card"/>
    public static PromptLayout Gateway(ChatFrame frame, bool raw = false) => new()
    {
        Id = GatewayId,
        Frame = frame,
        Head = PromptTemplates.GatewayHead,
        Routes = new("[", "{\"name\":\"", "\",\"description\":\"", "\"}", ",", "]"),
        Middle = PromptTemplates.GatewayMiddle,
        Conversation = new("[", "{\"role\":\"", "\",\"content\":\"", "\"}", ",", "]\n"),
        Instructions = PromptTemplates.GatewayInstructions,
        Answer = PromptAnswer.Single,
        Escapes = Safe(raw),
        Limits = Published,
        IsOneText = true,
    };

    /// <summary>The layout of Arch-Router's successors, which answer with a list.</summary>
    /// <inheritdoc cref="Card"/>
    public static PromptLayout Orchestrator(ChatFrame frame, bool raw = false) => new()
    {
        Id = OrchestratorId,
        Frame = frame,
        Head = PromptTemplates.OrchestratorHead,
        Routes = new("", "{\"name\": \"", "\", \"description\": \"", "\", \"parameters\": {\"type\": \"object\", \"properties\": {}, \"required\": []}}", "\n", ""),
        Middle = PromptTemplates.OrchestratorMiddle,
        Conversation = new("[\n", "    {\n        \"role\": \"", "\",\n        \"content\": \"", "\"\n    }", ",\n", "\n]\n") { Empty = "[]\n" },
        Instructions = PromptTemplates.OrchestratorInstructions,
        Answer = PromptAnswer.List,
        Escapes = Safe(raw),
        Limits = Published,
        IsOneText = true,
    };

    /// <summary>Our own short layout, for models that are trained on it.</summary>
    public static PromptLayout Compact { get; } = new()
    {
        Id = CompactId,
        Frame = ChatFrame.Plain,
        Head = "Pick the route that fits the latest user request, or other if none fits.\n<routes>\n",
        Routes = new("", "", ": ", "\n", "", "") { RawFirst = true },
        Middle = "</routes>\n",
        Conversation = new("", "", ": ", "\n", "", ""),
        Instructions = "",
        Answer = PromptAnswer.Single,
        Escapes = JsonEscapes.ClosingTags | JsonEscapes.ControlTokens | JsonEscapes.MarksBehindEscapes,
        Limits = new(Messages: 6, LatestCodePoints: 1600, EarlierCodePoints: 400, Tokens: 2048),
        IsOneText = false,
    };

    private static JsonEscapes Safe(bool raw) => raw ? JsonEscapes.None : JsonEscapes.ClosingTags | JsonEscapes.MarksBehindEscapes;
}
