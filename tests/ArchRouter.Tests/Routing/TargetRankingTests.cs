using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Routing;

public class TargetRankingTests
{
    private static readonly RouteTarget Plain = new("plain") { Capabilities = TargetCapabilities.None };
    private static readonly RouteTarget Tools = new("tools") { Capabilities = TargetCapabilities.Tools };
    private static readonly RouteTarget Vision = new("vision") { Capabilities = TargetCapabilities.Vision };
    private static readonly RouteTarget Small = new("small") { ContextLength = 10 };
    private static readonly RouteTarget Unknown = new("unknown");

    private static string Able(RouteTarget[] targets, RouteTarget[] fallback, RouteContext context) =>
        string.Join(' ', TargetRanking.Able(targets, fallback, context));

    private static RouteContext Needing(TargetCapabilities needs) => new() { Needs = needs };

    private static RouteContext Saying(int characters) => Given.Request(new string('x', characters));

    [Fact]
    public void Targets_ThatLackAnythingArePassedOverInOrder()
    {
        Assert.Equal("tools unknown", Able([Plain, Tools, Vision, Unknown], [Plain], Needing(TargetCapabilities.Tools)));
        Assert.Equal("unknown", Able([Tools, Unknown], [Plain], Needing(TargetCapabilities.Tools | TargetCapabilities.StructuredOutput)));
        Assert.Equal("plain tools", Able([Plain, Tools], [Unknown], Needing(TargetCapabilities.None)));
    }

    [Fact]
    public void Image_NeedsVision() => Assert.Equal("vision", Able([Tools, Vision], [Plain], Given.Image()));

    [Fact]
    public void Image_OfAnEarlierTurnNeedsVision()
    {
        var context = new RouteContext
        {
            Conversation = Given.Window(
                new ChatMessage(ChatRole.User, [new TextContent("what is it?"), new DataContent(new byte[] { 1 }, "image/png")]),
                new ChatMessage(ChatRole.Assistant, "a cat"),
                new ChatMessage(ChatRole.User, "thanks")),
        };

        Assert.Equal("vision", Able([Tools, Vision], [Plain], context));
    }

    [Theory]
    [InlineData(43, "small unknown")]
    [InlineData(44, "unknown")]
    public void LongConversation_IsKeptFromSmallContexts(int characters, string able) => Assert.Equal(able, Able([Small, Unknown], [Plain], Saying(characters)));

    [Fact]
    public void Fallback_ServesWhereNoTargetCan() => Assert.Equal("vision", Able([Plain, Tools], [Tools, Vision], Needing(TargetCapabilities.Vision)));

    [Fact]
    public void Targets_StayAsTheyAreWhereNothingCan() => Assert.Equal("plain tools", Able([Plain, Tools], [Plain], Needing(TargetCapabilities.Vision)));

    [Fact]
    public void Targets_ThatAllCanAreNotCopied()
    {
        RouteTarget[] targets = [Tools, Unknown];

        Assert.Same(targets, TargetRanking.Able(targets, [Plain], Needing(TargetCapabilities.Tools)));
    }
}
