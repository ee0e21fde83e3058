using System.Diagnostics;
using System.Text.Json;
using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Chat;

public sealed class RoutingHintsTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Table_IsPickedByName(bool streaming)
    {
        var chat = new RoutedChat { Named = { ["team"] = RouteTable.Create(t => t.Route("code", "Writing code", to: "spare").Fallback("fast")) } };

        ChatResponse response = await chat.Client.AskAsync(streaming, "code", new ChatOptions().WithRouteTable("TEAM"));

        Assert.Equal("spare", response.Text);
        Assert.Equal("TEAM", response.GetRoutingDecision()!.TableName);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Table_MayBeBroughtAlong(bool streaming)
    {
        RouteTable own = RouteTable.Create(t => t.Route("law", "Legal questions", to: "spare").Fallback("fast"));
        var chat = new RoutedChat();

        ChatResponse response = await chat.Client.AskAsync(streaming, "law", new ChatOptions().WithRouteTable("other").WithRouteTable(own));

        Assert.Equal("spare", response.Text);
        Assert.Equal(own.Version, response.GetRoutingDecision()!.TableVersion);
        Assert.Null(response.GetRoutingDecision()!.TableName);
    }

    [Fact]
    public async Task Table_OfAnUnknownNameEndsInTheFallback()
    {
        var chat = new RoutedChat();

        ChatResponse response = await chat.Client.GetResponseAsync("code", new ChatOptions().WithRouteTable("nobody"));

        Assert.Equal("fast", response.Text);
        Assert.Equal(RoutingOutcome.EngineFailed, response.GetRoutingDecision()!.Outcome);
    }

    [Fact]
    public async Task Table_NameMayHaveGoneThroughJson()
    {
        var chat = new RoutedChat { Named = { ["team"] = RouteTable.Create(t => t.Fallback("spare")) } };
        var options = new ChatOptions { AdditionalProperties = new() { [ArchRouterChatOptionsExtensions.RouteTableKey] = JsonSerializer.SerializeToElement("team") } };

        Assert.Equal("spare", (await chat.Client.GetResponseAsync("code", options)).Text);
    }

    public static TheoryData<object?> EmptyNames => new(null, "", " ", JsonSerializer.SerializeToElement<string?>(null), JsonSerializer.SerializeToElement(""));

    [Theory]
    [MemberData(nameof(EmptyNames))]
    public async Task Table_OfAnEmptyNameIsNoHint(object? empty)
    {
        var chat = new RoutedChat();
        var options = new ChatOptions { AdditionalProperties = new() { [ArchRouterChatOptionsExtensions.RouteTableKey] = empty } };

        RoutingDecision decision = (await chat.Client.GetResponseAsync("code", options)).GetRoutingDecision()!;

        Assert.Equal((RoutingOutcome.Matched, "strong", null), (decision.Outcome, decision.ServedBy, decision.TableName));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Table_ThatCannotBeReadIsUnknown(bool streaming)
    {
        var chat = new RoutedChat();
        var options = new ChatOptions { AdditionalProperties = new() { [ArchRouterChatOptionsExtensions.RouteTableKey] = new Unreadable() } };

        ChatResponse response = await chat.Client.AskAsync(streaming, "code", options);

        Assert.Equal("fast", response.Text);
        Assert.Equal(RoutingOutcome.EngineFailed, response.GetRoutingDecision()!.Outcome);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AgentName_ComesFromTheOptionsFirst(bool streaming)
    {
        RouteContext context = await ContextOfAsync(streaming, [SignedSystem, User], new ChatOptions().WithAgentName("Named"), Finding);

        Assert.Equal("Named", context.AgentName);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AgentName_ComesFromTheSystemMessageThen(bool streaming)
    {
        RouteContext context = await ContextOfAsync(streaming, [SignedSystem, User], null, Finding);

        Assert.Equal("Signed", context.AgentName);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AgentName_ComesFromTheApplicationLast(bool streaming)
    {
        RouteContext context = await ContextOfAsync(streaming, [User], new ChatOptions(), Finding);

        Assert.Equal("Found", context.AgentName);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AgentName_DoesNotDependOnTheTrace(bool streaming)
    {
        using Activity agent = new Activity("invoke_agent").SetTag("gen_ai.agent.name", "Traced").Start();
        RouteContext context = await ContextOfAsync(streaming, [User], new ChatOptions());

        Assert.Null(context.AgentName);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Context_HoldsInstructionsAndNeeds(bool streaming)
    {
        var options = new ChatOptions
        {
            Instructions = "You write code.",
            Tools = [AIFunctionFactory.Create(() => 1, "one")],
            ResponseFormat = ChatResponseFormat.ForJsonSchema<int[]>(),
        };

        RouteContext context = await ContextOfAsync(streaming, [User], options);

        Assert.Equal("You write code.", context.Instructions);
        Assert.Equal(TargetCapabilities.Tools | TargetCapabilities.StructuredOutput, context.Needs);
        Assert.Null(context.AgentName);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AllowedPolicies_LimitTheRequest_AndAreNotForwarded(bool streaming)
    {
        var chat = new RoutedChat();

        ChatResponse response = await chat.Client.AskAsync(streaming, "code and prose", new ChatOptions { TopK = 3 }.WithAllowedPolicies("prose", "unknown"));

        Assert.Equal("prose", response.GetRoutingDecision()!.Policy);
        Assert.Equal(["prose", "other"], response.GetRoutingDecision()!.Alternatives.Select(a => a.Name));
        Assert.Null(Assert.Single(chat.Fast.Calls).Options!.AdditionalProperties);
    }

    [Theory]
    [InlineData("[\"prose\"]", "fast")]
    [InlineData("[\"prose\", null, 5, {}]", "fast")]
    [InlineData("\"prose\"", "fast")]
    [InlineData("[]", "spare")]
    [InlineData("5", "spare")]
    [InlineData("null", "strong")]
    public async Task AllowedPolicies_MayHaveGoneThroughJson(string json, string servedBy)
    {
        var chat = new RoutedChat { Table = t => t.Route("code", "Writing code", to: "strong").Route("prose", "Writing prose", to: "fast").Fallback("spare") };
        var options = new ChatOptions { AdditionalProperties = new() { [ArchRouterChatOptionsExtensions.AllowedPoliciesKey] = JsonSerializer.Deserialize<JsonElement>(json) } };

        Assert.Equal(servedBy, (await chat.Client.GetResponseAsync("code and prose", options)).Text);
    }

    [Theory]
    [InlineData("names")]
    [InlineData("objects")]
    [InlineData("item")]
    [InlineData("object")]
    [InlineData("closed document")]
    public async Task AllowedPolicies_ThatCannotBeReadAllowNothing(string kind)
    {
        foreach (bool streaming in new[] { false, true })
        {
            var chat = new RoutedChat();
            var options = new ChatOptions { AdditionalProperties = new() { [ArchRouterChatOptionsExtensions.AllowedPoliciesKey] = UnreadableList(kind) } };

            RoutingDecision decision = (await chat.Client.AskAsync(streaming, "code", options)).GetRoutingDecision()!;

            Assert.Equal((RoutingOutcome.EngineFailed, "fast"), (decision.Outcome, decision.ServedBy));
            Assert.Contains("allowed policies cannot be read", decision.Reason, StringComparison.Ordinal);
            Assert.Empty(chat.Engine.Requests);
        }
    }

    [Fact]
    public void AllowedPolicies_AreCopied_AndMustHaveNames()
    {
        List<string> names = ["code"];
        RouteContext context = new() { AllowedPolicies = names };
        ChatOptions options = new ChatOptions().WithAllowedPolicies(names);
        names.Add("prose");

        Assert.Equal(["code"], context.AllowedPolicies!);
        Assert.Equal(["code"], Assert.IsAssignableFrom<IEnumerable<string>>(options.AdditionalProperties![ArchRouterChatOptionsExtensions.AllowedPoliciesKey]));
        Assert.Throws<ArgumentException>(() => options.WithAllowedPolicies("code", " "));
        Assert.Throws<ArgumentNullException>(() => options.WithAllowedPolicies("code", null!));
        Assert.Throws<ArgumentNullException>(() => options.WithAllowedPolicies(null!));
    }

    [Fact]
    public async Task Context_NeedsNothingForPlainRequests()
    {
        var plain = new ChatOptions { Tools = [], ResponseFormat = ChatResponseFormat.Json };

        Assert.Equal(TargetCapabilities.None, (await ContextOfAsync(false, [User], plain)).Needs);
        Assert.Equal(TargetCapabilities.None, (await ContextOfAsync(false, [User], null)).Needs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Needs_PassOverATargetThatLacksThem(bool streaming)
    {
        var chat = new RoutedChat
        {
            Table = t => t
                .Route("code", "Writing code", to: "strong", orElse: ["spare"])
                .Target(new RouteTarget("strong") { Capabilities = TargetCapabilities.Vision })
                .Target(new RouteTarget("spare") { Capabilities = TargetCapabilities.Tools })
                .Target(new RouteTarget("fast"))
                .Fallback("fast"),
        };
        ChatMessage image = new(ChatRole.User, [new TextContent("code"), new UriContent("https://example.com/a.png", "image/png")]);

        ChatResponse tools = await chat.Client.AskAsync(streaming, "code", new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one")] });
        ChatResponse vision = await chat.Client.AskAsync(streaming, [image]);

        Assert.Equal("spare", tools.Text);
        Assert.Equal("strong", vision.Text);
    }

    [Fact]
    public void Hints_AreChecked()
    {
        Assert.Throws<ArgumentNullException>("options", () => ((ChatOptions)null!).WithRouteTable("a"));
        Assert.Throws<ArgumentNullException>("options", () => ((ChatOptions)null!).WithAgentName("a"));
        Assert.Throws<ArgumentException>("name", () => new ChatOptions().WithRouteTable(" "));
        Assert.Throws<ArgumentException>("name", () => new ChatOptions().WithAgentName(""));
        Assert.Throws<ArgumentNullException>("table", () => new ChatOptions().WithRouteTable((RouteTable)null!));
        var options = new ChatOptions();
        Assert.Same(options, options.WithAgentName("a").WithRouteTable("b"));
    }

    private static ChatMessage SignedSystem => new(ChatRole.System, "You write code.") { AuthorName = "Signed" };

    private static ChatMessage User => new(ChatRole.User, "code");

    private static RouterOptions Finding => new() { FindAgentName = () => "Found" };

    private static async Task<RouteContext> ContextOfAsync(bool streaming, IEnumerable<ChatMessage> messages, ChatOptions? options, RouterOptions? router = null)
    {
        RouteContext? seen = null;
        var chat = new RoutedChat
        {
            Table = t => t
                .Rule("look", new RuleCondition { Predicate = context => (seen = context) is null }, to: "fast")
                .Fallback("fast"),
            Options = router ?? new(),
        };
        await chat.Client.AskAsync(streaming, messages, options);
        return seen!;
    }

    private static object UnreadableList(string kind) => kind switch
    {
        "names" => Enumerable.Range(0, 1).Select<int, string>(_ => throw new IOException()),
        "objects" => Enumerable.Range(0, 1).Select<int, object>(_ => throw new IOException()),
        "item" => new object[] { "code", new Unreadable() },
        "object" => new Unreadable(),
        _ => OfAClosedDocument(),
    };

    private static JsonElement OfAClosedDocument()
    {
        using JsonDocument document = JsonDocument.Parse("[\"code\"]");
        return document.RootElement;
    }

    private sealed class Unreadable
    {
        public override string ToString() => throw new InvalidOperationException("not to be read");
    }
}
