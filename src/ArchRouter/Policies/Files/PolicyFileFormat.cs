namespace ArchRouter;

/// <summary>The language a policy file is written in.</summary>
public enum PolicyFileFormat
{
    /// <summary>YAML 1.2, one document, without aliases and tags.</summary>
    Yaml,

    /// <summary>JSON; comments and trailing commas are allowed.</summary>
    Json,
}
