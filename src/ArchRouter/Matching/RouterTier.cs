namespace ArchRouter;

/// <summary>Which kind of router model spoke.</summary>
public enum RouterTier
{
    /// <summary>A sentence encoder: one vector per policy, one per conversation.</summary>
    Encoder,

    /// <summary>A router LLM that reads policies and conversation as a prompt.</summary>
    RouterModel,

    /// <summary>Anything else, such as an engine written by the application.</summary>
    Custom,
}
