using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Chat;

public sealed class RoutedServicesTests
{
    [Fact]
    public void GetService_GivesItselfRouterAndMetadata()
    {
        var chat = new RoutedChat();

        Assert.Same(chat.Client, chat.Client.GetService<RoutedChatClient>());
        Assert.Same(chat.Client, chat.Client.GetService<IChatClient>());
        Assert.Same(chat.Client, chat.Client.GetService<object>());
        Assert.Same(chat.Router, chat.Client.GetService<PreferenceRouter>());
        ChatClientMetadata metadata = chat.Client.GetService<ChatClientMetadata>()!;
        Assert.Equal("archrouter", metadata.ProviderName);
        Assert.Null(metadata.DefaultModelId);
        Assert.Null(metadata.ProviderUri);
    }

    [Fact]
    public void GetService_GivesNothingForUnknownOrKeyed()
    {
        RoutedChatClient client = new RoutedChat().Client;

        Assert.Null(client.GetService(typeof(string)));
        Assert.Null(client.GetService(typeof(RoutedChatClient), "key"));
        Assert.Null(client.GetService(typeof(ChatClientMetadata), "key"));
        Assert.Null(client.GetService(typeof(PreferenceRouter), "key"));
        Assert.Throws<ArgumentNullException>("serviceType", () => client.GetService(null!));
    }

    [Fact]
    public void Dispose_LeavesTargetsOfACallback()
    {
        var chat = new RoutedChat();

        chat.Client.Dispose();

        Assert.Equal(0, chat.Fast.Disposals + chat.Strong.Disposals + chat.Spare.Disposals);
    }

    [Theory]
    [InlineData(false, 1)]
    [InlineData(true, 0)]
    public void Dispose_DisposesGivenTargetsOnceUnlessLeftOpen(bool leaveOpen, int expected)
    {
        var chat = new RoutedChat();
        var targets = new Dictionary<string, IChatClient> { ["fast"] = chat.Fast, ["alias"] = chat.Fast, ["strong"] = chat.Strong };
        var client = new RoutedChatClient(chat.Router, targets, leaveOpen);

        client.Dispose();
        client.Dispose();

        Assert.Equal(expected, chat.Fast.Disposals);
        Assert.Equal(expected, chat.Strong.Disposals);
    }

    [Fact]
    public async Task Targets_AreCopied()
    {
        var chat = new RoutedChat();
        var targets = new Dictionary<string, IChatClient> { ["fast"] = chat.Fast, ["strong"] = chat.Strong };
        using var client = new RoutedChatClient(chat.Router, targets, leaveOpen: true);
        targets.Clear();

        Assert.Equal("strong", (await client.GetResponseAsync("code")).Text);
    }
}
