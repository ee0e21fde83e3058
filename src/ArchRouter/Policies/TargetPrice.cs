namespace ArchRouter;

/// <summary>What a target's tokens cost, in whatever currency the application counts in; all prices of an application should be in the same one.</summary>
/// <remarks>Immutable. Prices change, so there are no built-in ones: they come from code, a policy file or configuration.</remarks>
/// <param name="InputPerMillionTokens">The price of a million tokens of requests; 0 or more.</param>
/// <param name="OutputPerMillionTokens">The price of a million tokens of answers; 0 or more.</param>
public sealed record TargetPrice(decimal InputPerMillionTokens, decimal OutputPerMillionTokens)
{
    private const decimal Million = 1_000_000;

    /// <summary>What a call costs.</summary>
    /// <param name="inputTokens">The tokens of its request.</param>
    /// <param name="outputTokens">The tokens of its answer.</param>
    public decimal Of(long inputTokens, long outputTokens) =>
        ((inputTokens * InputPerMillionTokens) + (outputTokens * OutputPerMillionTokens)) / Million;
}
