using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Chat;

public sealed class ForwardedOptionsTests
{
    private static readonly Action<RouteTableBuilder> WithSettings = static t => t
        .Route("code", "Writing code", to: "strong", orElse: ["spare"])
        .Target(new RouteTarget("strong") { Settings = new() { Temperature = 0.25, TopP = 0.5, MaxOutputTokens = 100 } })
        .Target(new RouteTarget("spare") { Settings = new() { Temperature = 0.75 } })
        .Target(new RouteTarget("fast"))
        .Fallback("fast");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task NoOptions_StayNone(bool streaming)
    {
        var chat = new RoutedChat();

        await chat.Client.AskAsync(streaming, "code");

        Assert.Null(Assert.Single(chat.Strong.Calls).GivenOptions);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Options_AreClonedAndTheCallersStayAsTheyWere(bool streaming)
    {
        var chat = new RoutedChat { Table = WithSettings };
        ChatOptions options = new ChatOptions { ModelId = "gpt", Instructions = "Be brief.", AdditionalProperties = new() { ["own"] = 1 } }
            .WithAgentName("Coder");

        await chat.Client.AskAsync(streaming, "code", options);

        TestChatCall call = Assert.Single(chat.Strong.Calls);
        Assert.NotSame(options, call.GivenOptions);
        Assert.Equal("Be brief.", call.Options!.Instructions);
        Assert.Null(call.Options.ModelId);
        Assert.Equal(0.25f, call.Options.Temperature);
        Assert.Equal("own", Assert.Single(call.Options.AdditionalProperties!).Key);
        Assert.Equal("gpt", options.ModelId);
        Assert.Null(options.Temperature);
        Assert.Equal(2, options.AdditionalProperties!.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Options_OfASubclassKeepTheirType(bool streaming)
    {
        var chat = new RoutedChat();

        await chat.Client.AskAsync(streaming, "code", new OwnOptions { Own = 3 });

        Assert.Equal(3, Assert.IsType<OwnOptions>(Assert.Single(chat.Strong.Calls).GivenOptions).Own);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Options_AreClonedOnceForAllAttempts(bool streaming)
    {
        var chat = new RoutedChat { Strong = TestChatClient.Failing(new TimeoutException()) };
        var options = new OwnOptions();

        await chat.Client.AskAsync(streaming, "code", options);

        Assert.Equal(1, options.Clones);
        Assert.Same(chat.Strong.Calls.Single().GivenOptions, chat.Spare.Calls.Single().GivenOptions);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hints_DoNotReachTargetsNorLeaveAnEmptyDictionary(bool streaming)
    {
        var chat = new RoutedChat();
        ChatOptions options = new ChatOptions().WithRouteTable(chat.Router.Tables.Default).WithAgentName("Coder");

        await chat.Client.AskAsync(streaming, "code", options);

        Assert.Null(Assert.Single(chat.Strong.Calls).Options!.AdditionalProperties);
    }

    [Fact]
    public async Task EmptyDictionary_OfTheCallersStays()
    {
        var chat = new RoutedChat();

        await chat.Client.GetResponseAsync("code", new ChatOptions { AdditionalProperties = [] });

        Assert.Empty(Assert.Single(chat.Strong.Calls).Options!.AdditionalProperties!);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TargetSettings_ApplyWithoutOptions(bool streaming)
    {
        var chat = new RoutedChat { Table = WithSettings };

        await chat.Client.AskAsync(streaming, "code");

        ChatOptions options = Assert.Single(chat.Strong.Calls).Options!;
        Assert.Equal((0.25f, 0.5f, 100), (options.Temperature, options.TopP, options.MaxOutputTokens));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TargetSettings_GiveWayToTheRequest(bool streaming)
    {
        var chat = new RoutedChat { Table = WithSettings };

        await chat.Client.AskAsync(streaming, "code", new ChatOptions { Temperature = 0, TopP = 1, MaxOutputTokens = 7 });

        ChatOptions options = Assert.Single(chat.Strong.Calls).Options!;
        Assert.Equal((0f, 1f, 7), (options.Temperature, options.TopP, options.MaxOutputTokens));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    [InlineData(false, true)]
    public async Task TargetSettings_OfAFailedTargetDoNotReachTheNext(bool streaming, bool withOptions)
    {
        var chat = new RoutedChat { Table = WithSettings, Strong = TestChatClient.Failing(new TimeoutException()) };

        await chat.Client.AskAsync(streaming, "code", withOptions ? new ChatOptions { TopP = 0.9f } : null);

        ChatOptions options = Assert.Single(chat.Spare.Calls).Options!;
        Assert.Equal((0.75f, withOptions ? 0.9f : null, null), (options.Temperature, options.TopP, options.MaxOutputTokens));
    }

    private sealed class OwnOptions : ChatOptions
    {
        public OwnOptions()
        {
        }

        private OwnOptions(OwnOptions other)
            : base(other) => Own = other.Own;

        public int Own { get; init; }

        public int Clones { get; private set; }

        public override ChatOptions Clone()
        {
            Clones++;
            return new OwnOptions(this);
        }
    }
}
