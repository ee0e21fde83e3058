namespace ArchRouter;

/// <summary>Generation settings that a target applies wherever the request says nothing.</summary>
/// <remarks>They belong to the target because a temperature or token limit fits one model, not the request.</remarks>
public sealed record TargetSettings
{
    /// <summary>Sampling temperature, or <see langword="null"/> for the service's own default.</summary>
    public double? Temperature { get; init; }

    /// <summary>Nucleus sampling mass between 0 and 1, or <see langword="null"/>.</summary>
    public double? TopP { get; init; }

    /// <summary>The most tokens to generate, or <see langword="null"/>.</summary>
    public int? MaxOutputTokens { get; init; }
}
