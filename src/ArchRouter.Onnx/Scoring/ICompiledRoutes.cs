namespace ArchRouter.Onnx;

/// <summary>A policy set as a router model is asked about it. Thread-safe.</summary>
internal interface ICompiledRoutes
{
    /// <summary>The answers: one candidate for each policy, in their order, and a last one for <c>other</c>.</summary>
    RouteTrie Answers { get; }

    /// <summary>The tokens that every prompt begins with.</summary>
    ReadOnlyMemory<int> Prefix { get; }

    /// <summary>The tokens of a whole prompt, up to where the answer begins. Fits the context with any answer.</summary>
    int[] Prompt(ConversationWindow conversation);
}
