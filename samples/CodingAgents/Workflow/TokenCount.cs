using ArchRouter;
using Microsoft.Extensions.AI;
using OpenAI.Chat;

namespace CodingAgents;

/// <summary>Tokens that were sent to a model and came from it.</summary>
internal readonly record struct TokenCount(long Input, long Output)
{
    public static TokenCount operator +(TokenCount left, TokenCount right) => new(left.Input + right.Input, left.Output + right.Output);

    public static TokenCount Of(UsageDetails? usage) => new(usage?.InputTokenCount ?? 0, usage?.OutputTokenCount ?? 0);

    /// <summary>The tokens of a Semantic Kernel message that came from the OpenAI connector; none for others.</summary>
    public static TokenCount Of(Microsoft.SemanticKernel.ChatMessageContent message) =>
        message.Metadata?.GetValueOrDefault("Usage") is ChatTokenUsage usage ? new(usage.InputTokenCount, usage.OutputTokenCount) : default;

    public static TokenCount Sum(IEnumerable<TokenCount> counts) => counts.Aggregate(default(TokenCount), (sum, count) => sum + count);

    /// <summary>What they cost on a target.</summary>
    /// <exception cref="InvalidDataException">The target has no price.</exception>
    public decimal Cost(RouteTarget target) =>
        (target.Price ?? throw new InvalidDataException($"The target '{target.ServiceId}' has no price in appsettings.json.")).Of(Input, Output);
}
