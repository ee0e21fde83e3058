#pragma warning disable MEAI001 // The experimental router of MEAI: this shows that ours can be handed to it.
using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Chat;

public sealed class SelectClientTests
{
    [Fact]
    public async Task Selection_GivesTheTargetsOwnClient()
    {
        var chat = new RoutedChat();

        Assert.Same(chat.Strong, await chat.Client.SelectClientAsync([new(ChatRole.User, "code")]));
        Assert.Same(chat.Fast, await chat.Client.SelectClientAsync([new(ChatRole.User, "weather")], new ChatOptions()));
        Assert.Same(chat.Spare, await chat.Client.SelectClientAsync([new(ChatRole.User, "code")], new ChatOptions { ModelId = "spare" }));
        Assert.Empty(chat.Strong.Calls);
    }

    [Fact]
    public async Task Selection_LeavesTheOptions()
    {
        var chat = new RoutedChat();
        ChatOptions options = new ChatOptions { ModelId = "spare" }.WithAgentName("Coder");

        await chat.Client.SelectClientAsync([new(ChatRole.User, "code")], options);

        Assert.Equal("spare", options.ModelId);
        Assert.Single(options.AdditionalProperties!);
    }

    [Fact]
    public async Task Selection_IsCancelledByTheCaller()
    {
        var chat = new RoutedChat();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await chat.Client.SelectClientAsync([new(ChatRole.User, "code")], null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Selection_OfAMissingTargetIsAnError()
    {
        using var client = new RoutedChatClient(new RoutedChat().Router, _ => null);

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await client.SelectClientAsync([new(ChatRole.User, "code")]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Selection_ServesMeaisRoutingChatClient(bool streaming)
    {
        var chat = new RoutedChat();
        using RoutingChatClient routing = RoutingChatClient.Create(
            (context, token) => chat.Client.SelectClientAsync(context.Messages, context.ChatOptions, token));

        Assert.Equal("strong", (await routing.AskAsync(streaming, "code")).Text);
        Assert.Equal("fast", (await routing.AskAsync(streaming, "prose", new ChatOptions())).Text);
        Assert.Equal(2, chat.Engine.Requests.Count);
    }
}
