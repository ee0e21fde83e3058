using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Policies;

public class RuleConditionTests
{
    [Theory]
    [InlineData("Summarize", "summarize", true)]
    [InlineData("Sum*", "Summarize", true)]
    [InlineData("*", "", false)]
    [InlineData("*", null, false)]
    [InlineData("S?m", "Sum", true)]
    [InlineData("S?m", "Summ", false)]
    [InlineData("sum", "Summarize", false)]
    [InlineData("CORP\\bot", "corp\\bot", true)]
    [InlineData("CORP\\*", "corp\\bot", true)]
    [InlineData("CORP\\*", "corp*", false)]
    public void Pattern_IsComparedIgnoringCaseWithWildcards(string pattern, string? name, bool holds)
    {
        Assert.Equal(holds, new RuleCondition { Function = pattern }.Holds(new() { FunctionName = name }));
        Assert.Equal(holds, new RuleCondition { Plugin = pattern }.Holds(new() { PluginName = name }));
        Assert.Equal(holds, new RuleCondition { Agent = pattern }.Holds(new() { AgentName = name }));
    }

    [Fact]
    public void Everything_ThatIsSetMustHoldTogether()
    {
        var condition = new RuleCondition { Agent = "bot", Plugin = "p", Predicate = c => c.Instructions == "be brief" };

        Assert.True(condition.Holds(new() { AgentName = "bot", PluginName = "p", Instructions = "be brief" }));
        Assert.False(condition.Holds(new() { AgentName = "bot", PluginName = "p" }));
        Assert.False(condition.Holds(new() { AgentName = "bot", PluginName = "q", Instructions = "be brief" }));
    }

    [Theory]
    [InlineData(true, true, true)]
    [InlineData(true, false, false)]
    [InlineData(false, false, true)]
    [InlineData(false, true, false)]
    public void Image_MustOrMustNotBeThere(bool asked, bool present, bool holds)
    {
        ConversationWindow window = Given.Window(new ChatMessage(ChatRole.User, present ? [new DataContent(new byte[] { 1 }, "image/png")] : [new TextContent("hi")]));

        Assert.Equal(holds, new RuleCondition { HasImage = asked }.Holds(new() { Conversation = window }));
    }
}
