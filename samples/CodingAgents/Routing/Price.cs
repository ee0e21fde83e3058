namespace CodingAgents;

/// <summary>What a target takes for a million tokens, in whatever currency the configuration means.</summary>
internal sealed record Price(decimal InputPerMillion, decimal OutputPerMillion)
{
    private const decimal Million = 1_000_000;

    public decimal Of(TokenCount tokens) => (tokens.Input * InputPerMillion + tokens.Output * OutputPerMillion) / Million;
}
