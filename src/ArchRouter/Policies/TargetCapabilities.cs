namespace ArchRouter;

/// <summary>What a chat service can do, or what a request needs.</summary>
[Flags]
public enum TargetCapabilities
{
    /// <summary>Text in, text out.</summary>
    None = 0,

    /// <summary>Tool (function) calling.</summary>
    Tools = 1,

    /// <summary>Images in messages.</summary>
    Vision = 2,

    /// <summary>Answers that follow a JSON schema.</summary>
    StructuredOutput = 4,
}
