namespace ArchRouter;

/// <summary>What a scalar is by the rules of the language it is written in.</summary>
internal enum ScalarKind
{
    /// <summary>Explicitly nothing; read as if the key were not there.</summary>
    Null,
    Text,
    Number,
    Boolean,

    /// <summary>From <c>IConfiguration</c>, where everything is a string and the reader decides.</summary>
    Untyped,
}
