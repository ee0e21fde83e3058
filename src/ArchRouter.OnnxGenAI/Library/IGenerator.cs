namespace ArchRouter.OnnxGenAI;

/// <summary>One sequence on a model. Nothing is ever sampled here, so the step that generates a token is no part of it.</summary>
internal interface IGenerator : IDisposable
{
    /// <summary>Reads tokens. On DirectML only an empty sequence takes any.</summary>
    void AppendTokens(ReadOnlySpan<int> tokens);

    /// <summary>Cuts the sequence.</summary>
    void RewindTo(int length);

    /// <summary>A copy of an output of the last pass. A name that the graph does not have ends the process.</summary>
    ITensor GetOutput(string name);
}
