using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Chat;

/// <summary>A routed client over three targets: policy "code" leads to strong, then spare; "prose" to fast; the fallback is fast.</summary>
internal sealed class RoutedChat
{
    public TestChatClient Fast { get; init; } = TestChatClient.Saying("fast");

    public TestChatClient Strong { get; init; } = TestChatClient.Saying("strong");

    public TestChatClient Spare { get; init; } = TestChatClient.Saying("spare");

    public ScriptedRouterEngine Engine { get; init; } = ScriptedRouterEngine.ByMention();

    public Action<RouteTableBuilder> Table { get; init; } = static t => t
        .Route("code", "Writing code", to: "strong", orElse: ["spare"])
        .Route("prose", "Writing prose", to: "fast")
        .Fallback("fast");

    public Dictionary<string, RouteTable> Named { get; init; } = [];

    public RouterOptions Options { get; init; } = new();

    public PreferenceRouter Router => field ??= new(new RouteTables(RouteTable.Create(Table), Named), Engine, Options);

    public RoutedChatClient Client => field ??= new(Router, Resolve);

    public IChatClient? Resolve(string serviceId) => serviceId switch
    {
        "fast" => Fast,
        "strong" => Strong,
        "spare" => Spare,
        _ => null,
    };
}
