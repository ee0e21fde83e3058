namespace ArchRouter.Onnx.Tests;

public sealed class ConversationTextTests
{
    [Fact]
    public void Write_PutsTheLatestFirstAndTheEarlierNewestFirst() => Assert.Equal(
        "three\nassistant: two\nuser: one",
        Write((ConversationRole.User, "one"), (ConversationRole.Assistant, " two "), (ConversationRole.User, "three\n")));

    [Fact]
    public void Write_NamesTheRoleOfALatestAssistantMessage() =>
        Assert.Equal("assistant: two\nuser: one", Write((ConversationRole.User, "one"), (ConversationRole.Assistant, "two")));

    [Fact]
    public void Write_CountsOnlyMessagesWithText() => Assert.Equal(
        "6\nuser: 5\nuser: 4\nuser: 3\nuser: 2",
        Write([.. "1 2 3 4   5 6".Select(c => (ConversationRole.User, c.ToString()))]));

    [Fact]
    public void Write_TrimsEarlierMessagesShorter() => Assert.Equal(
        $"{new string('b', 720)} … {new string('b', 480)}\nuser: {new string('a', 180)} … {new string('a', 120)}",
        Write((ConversationRole.User, new string('a', 1300)), (ConversationRole.User, new string('b', 1300))));

    [Fact]
    public void Write_IsEmptyWithoutMessages() => Assert.Equal("", Write());

    private static string Write(params (ConversationRole Role, string Text)[] messages)
    {
        var buffer = new TextBuffer(8);
        ConversationText.Write(new ConversationWindow(messages.Select(m => new ConversationMessage(m.Role, m.Text))), Bundled.Limits, ref buffer);
        string text = buffer.Text.ToString();
        buffer.Dispose();
        return text;
    }
}
