using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ArchRouter.Benchmarks.Accuracy;

/// <summary>A labelled routing case: policies, a conversation, the right policy or <c>other</c>, and the answers that would do.</summary>
/// <param name="File">The set that the case belongs to, where the case says so.</param>
internal sealed record RoutingCase(CaseRoute[] Routes, CaseMessage[] Messages, string Route, string[]? Acceptable = null, string? File = null)
{
    private static readonly JsonSerializerOptions Names = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        RespectRequiredConstructorParameters = true,
        RespectNullableAnnotations = true,
    };

    public bool InScope => Route != RoutePolicy.Other;

    public string LatestText => Messages[^1].Content;

    public RouterRequest ToRequest() => new(
        new PolicySet(Routes.Select(route => new RoutePolicy(route.Name, route.Description))),
        ConversationWindow.FromMessages([.. Messages.Select(message => new ChatMessage(new ChatRole(message.Role), message.Content))]));

    public bool Accepts(string answer) => answer == Route || Acceptable?.Contains(answer) == true;

    /// <exception cref="JsonException">It is not a case.</exception>
    public static RoutingCase Parse(string json) => JsonSerializer.Deserialize<RoutingCase>(json, Names) ?? throw new JsonException("null");
}

internal sealed record CaseRoute(string Name, string Description);

internal sealed record CaseMessage(string Role, string Content);
