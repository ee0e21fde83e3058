using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Options;

namespace ArchRouter.Tests.Chat;

/// <summary>MEAI's cache writes answers and options as JSON, with whatever we put into them.</summary>
public sealed class RoutedCachingTests
{
    private readonly MemoryDistributedCache _cache = new(Options.Create(new MemoryDistributedCacheOptions()));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cache_OutsideHoldsRoutedAnswers(bool streaming)
    {
        var chat = new RoutedChat();
        using IChatClient client = new ChatClientBuilder(chat.Client).UseDistributedCache(_cache).Build();

        await client.AskAsync(streaming, "code");
        ChatResponse cached = await client.AskAsync(streaming, "code");

        Assert.Equal("strong", cached.Text);
        Assert.Single(chat.Strong.Calls);
        Assert.Null(cached.GetRoutingDecision());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cache_OutsideHoldsAnswersOfFailedRouting(bool streaming)
    {
        var chat = new RoutedChat { Options = new() { Deadline = TimeSpan.FromSeconds(5) }, Engine = new((_, _) => throw new InvalidDataException()) };
        using IChatClient client = new ChatClientBuilder(chat.Client).UseDistributedCache(_cache).Build();

        await client.AskAsync(streaming, "code");
        await client.AskAsync(streaming, "code");

        Assert.Single(chat.Fast.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Cache_OutsideTellsTablesApart(bool streaming)
    {
        var chat = new RoutedChat();
        using IChatClient client = new ChatClientBuilder(chat.Client).UseDistributedCache(_cache).Build();
        ChatOptions Own(string to) => new ChatOptions().WithRouteTable(RouteTable.Create(t => t
            .Route("law", "Legal questions", to: to)
            .Rule("image", new RuleCondition { HasImage = true }, to: to)
            .Fallback(to)));

        ChatResponse spare = await client.AskAsync(streaming, "hello", Own("spare"));
        ChatResponse strong = await client.AskAsync(streaming, "hello", Own("strong"));

        Assert.Equal("spare", spare.Text);
        Assert.Equal("strong", strong.Text);
    }
}
