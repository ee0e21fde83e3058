using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Matching;

public class ConversationWindowTests
{
    private static ChatMessage User(string text, string? author = null) => new(ChatRole.User, text) { AuthorName = author };

    private static ChatMessage Assistant(string text) => new(ChatRole.Assistant, text);

    private static ChatMessage System(string text, string? author = null) => new(ChatRole.System, text) { AuthorName = author };

    private static ChatMessage Call() => new(ChatRole.Assistant, [new FunctionCallContent("1", "now")]);

    private static ChatMessage Result() => new(ChatRole.Tool, [new FunctionResultContent("1", "noon")]);

    private static ChatMessage Image(string? text = null) =>
        new(ChatRole.User, [.. text is null ? [] : new AIContent[] { new TextContent(text) }, new DataContent(new byte[] { 1 }, "image/png")]);

    private static string Show(ConversationWindow window) =>
        string.Join(" | ", window.Messages.Select(m => $"{(m.Role == ConversationRole.User ? 'u' : 'a')}:{m.Text}"));

    [Fact]
    public void Window_HoldsUserAndAssistantTextOldestFirst()
    {
        ConversationWindow window = Given.Window(System("be brief"), User("one"), Assistant("two"), User("three"));

        Assert.Equal("u:one | a:two | u:three", Show(window));
        Assert.False(window.IsContinuation);
        Assert.False(window.HasImage);
    }

    [Fact]
    public void Window_LeavesOutWhatFollowsTheRequest()
    {
        ConversationWindow window = Given.Window(User("one"), Assistant("two"));

        Assert.Equal("u:one", Show(window));
        Assert.False(window.IsContinuation);
    }

    [Fact]
    public void ToolSteps_MakeAContinuation()
    {
        Assert.True(Given.Window(User("one"), Call(), Result()).IsContinuation);
        Assert.True(Given.Window(User("one"), Call(), Result(), Assistant("wait")).IsContinuation);
        Assert.False(Given.Window(User("one"), Call(), Result(), Assistant("noon"), User("two")).IsContinuation);
    }

    [Fact]
    public void ToolMessages_AreLeftOut() =>
        Assert.Equal("u:one | a:noon | u:two", Show(Given.Window(User("one"), Call(), Result(), Assistant("noon"), User("two"))));

    [Fact]
    public void AgentOutput_WithTheUsersRoleIsAnAssistants()
    {
        ConversationWindow window = Given.Window(User("write"), User("draft", "Writer"), User("good", "Reviewer"));

        Assert.Equal("u:write", Show(window));
        Assert.Equal("u:write | a:draft | u:again", Show(Given.Window(User("write"), User("draft", "Writer"), User("again"))));
    }

    [Fact]
    public void AllSigned_TheFirstAuthorIsTheUser() =>
        Assert.Equal("u:write | a:draft | u:again", Show(Given.Window(User("write", "Ann"), User("draft", "Writer"), User("again", "Ann"), User("done", "Writer"))));

    [Fact]
    public void IsUserAuthor_DecidesWhoseMessagesAreTheUsers()
    {
        ChatMessage[] messages = [User("write", "Ann"), User("draft", "Writer"), User("also", "Bob")];

        Assert.Equal("u:write | a:draft | u:also", Show(ConversationWindow.FromMessages(messages, name => name is "Ann" or "Bob")));
        Assert.Equal("a:write | a:draft | a:also", Show(ConversationWindow.FromMessages(messages, _ => false)));
    }

    [Fact]
    public void SystemOnly_HasNoRequestButItsAuthor()
    {
        ConversationWindow window = Given.Window(System("a"), System("b", "Helper"), System("c", "Other"));

        Assert.Empty(window.Messages);
        Assert.False(window.HasRequest);
        Assert.Equal("Helper", window.SystemAuthor);
    }

    [Fact]
    public void Empty_HasNothing()
    {
        ConversationWindow window = Given.Window();

        Assert.Empty(window.Messages);
        Assert.Equal((false, false, false, null), (window.HasRequest, window.HasImage, window.IsContinuation, window.SystemAuthor));
    }

    [Fact]
    public void Image_OfTheLatestTurnCounts()
    {
        Assert.True(Given.Window(Image("what is it?")).HasImage);
        Assert.True(Given.Window(new ChatMessage(ChatRole.User, [new UriContent("https://example.org/a.png", "image/png")])).HasImage);
        Assert.False(Given.Window(Image("what is it?"), Assistant("a cat"), User("thanks")).HasImage);
        Assert.False(Given.Window(new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "audio/wav")])).HasImage);
    }

    [Fact]
    public void Image_AnywhereIsPartOfTheConversation()
    {
        Assert.True(Given.Window(Image("what is it?"), Assistant("a cat"), User("thanks")).AnyImage);
        Assert.True(Given.Window(User("draw"), new ChatMessage(ChatRole.Assistant, [new DataContent(new byte[] { 1 }, "image/png")])).AnyImage);
        Assert.False(Given.Window(User("what is it?"), Assistant("a cat"), User("thanks")).AnyImage);
    }

    [Fact]
    public void LoneImage_IsRoutedByTheUsersLastWords()
    {
        Assert.Equal("u:describe", Show(Given.Window(User("describe"), Assistant("what?"), Image())));
        Assert.False(Given.Window(Image()).HasRequest);
    }

    [Fact]
    public void Window_KeepsTheLatestSixteen()
    {
        ConversationWindow window = Given.Window([.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? User($"{i}") : Assistant($"{i}")), User("last")]);

        Assert.Equal(ConversationWindow.MaxMessages, window.Messages.Count);
        Assert.Equal(("25", "last"), (window.Messages[0].Text, window.Messages[^1].Text));
    }

    [Fact]
    public void TotalLength_CountsTheWholeConversation() =>
        Assert.Equal(9, Given.Window(System("123"), User("45"), Assistant("6"), User("789")).TotalLength);

    [Fact]
    public void Messages_GivenAsTheyAreAreCopied()
    {
        List<ConversationMessage> messages = [new(ConversationRole.User, "hi")];
        var window = new ConversationWindow(messages);
        messages.Clear();

        Assert.Equal("u:hi", Show(window));
        Assert.True(window.HasRequest);
        Assert.False(ConversationWindow.Empty.HasRequest);
    }
}
