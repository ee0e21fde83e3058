namespace ArchRouter;

/// <summary>Whether a server is asked to constrain its answer to the declared names by a JSON schema.</summary>
public enum StructuredAnswers
{
    /// <summary>Asked, until the server refuses the request but takes the same one without the schema; from then on not.</summary>
    Auto,

    /// <summary>Always asked; a refusal is a failure.</summary>
    Always,

    /// <summary>Never asked; the answer is parsed.</summary>
    Never,
}
