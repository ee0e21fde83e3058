using System.Text.Json;
using Microsoft.Extensions.AI;

namespace ArchRouter.Benchmarks.Accuracy;

/// <summary>A labelled routing case: policies, a conversation, the right policy or <c>other</c>, and the answers that would do.</summary>
internal sealed record RoutingCase(string Id, CaseRoute[] Routes, CaseMessage[] Messages, string Route, string[]? Acceptable)
{
    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public bool InScope => Route != RoutePolicy.Other;

    public string LatestText => Messages[^1].Content;

    public RouterRequest ToRequest() => new(
        new PolicySet(Routes.Select(route => new RoutePolicy(route.Name, route.Description))),
        ConversationWindow.FromMessages([.. Messages.Select(message => new ChatMessage(new ChatRole(message.Role), message.Content))]));

    public bool Accepts(string answer) => answer == Route || Acceptable?.Contains(answer) == true;

    public static List<RoutingCase> ReadFile(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize<RoutingCase>(line, Names)!)];
}

internal sealed record CaseRoute(string Name, string Description);

internal sealed record CaseMessage(string Role, string Content);
