using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Chat;

/// <summary>Targets that run tools themselves: a tool that ran is not run again by the target that would take over.</summary>
public sealed class RoutedToolRunTests
{
    private readonly TimeoutException _error = new();
    private int _sent;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ToolThatRanInsideATarget_IsNotRunAgainByAnother(bool streaming)
    {
        AIFunction send = Send();
        var chat = new RoutedChat();
        using RoutedChatClient client = Routed(chat, failing => failing.UseFunctionInvocation());
        ChatOptions options = new() { Tools = [send] };

        Assert.Same(_error, await Assert.ThrowsAsync<TimeoutException>(() => client.AskAsync(streaming, "code", options)));

        Assert.Equal(1, _sent);
        Assert.Empty(chat.Spare.Calls);
        Assert.Same(send, Assert.Single(options.Tools));
    }

    [Fact]
    public async Task ToolThatRanBeforeTheFirstRequest_IsNotRunAgainByAnother()
    {
        // An approved call is run before the model is asked.
        var chat = new RoutedChat();
        using RoutedChatClient client = Routed(chat, failing => failing.UseFunctionInvocation(), always: true);
        ToolApprovalRequestContent asked = new("1", new FunctionCallContent("1", "send"));
        List<ChatMessage> messages = [new(ChatRole.User, "code"), new(ChatRole.Assistant, [asked]), new(ChatRole.User, [asked.CreateResponse(approved: true)])];

        Assert.Same(_error, await Assert.ThrowsAsync<TimeoutException>(
            () => client.GetResponseAsync(messages, new ChatOptions { Tools = [new ApprovalRequiredAIFunction(Send())] })));

        Assert.Equal(1, _sent);
        Assert.Empty(chat.Spare.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ToolThatRanInsideARouterThatIsATarget_IsNotRunAgainByAnother(bool streaming)
    {
        var inner = new RoutedChat();
        var outer = new RoutedChat();
        using RoutedChatClient target = Routed(inner, failing => failing.UseFunctionInvocation());
        using var client = new RoutedChatClient(outer.Router, id => id == "strong" ? target : outer.Resolve(id));

        Assert.Same(_error, await Assert.ThrowsAsync<TimeoutException>(() => client.AskAsync(streaming, "code", new ChatOptions { Tools = [Send()] })));

        Assert.Equal(1, _sent);
        Assert.Empty(outer.Spare.Calls);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task TargetWithToolsOfItsOwn_IsNotTakenOver_SinceTheyRunUnseen(bool streaming, bool beforeAnyTool)
    {
        var chat = new RoutedChat();
        using RoutedChatClient client = Routed(chat, failing => failing.UseFunctionInvocation(configure: c => c.AdditionalTools = [Send()]), beforeAnyTool);

        Assert.Same(_error, await Assert.ThrowsAsync<TimeoutException>(() => client.AskAsync(streaming, "code")));

        Assert.Equal(beforeAnyTool ? 0 : 1, _sent);
        Assert.Empty(chat.Spare.Calls);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task TargetWithToolsOfItsOwn_BehindARouterWithNoOtherTarget_IsNotTakenOver(bool streaming, bool beforeAnyTool)
    {
        var inner = new RoutedChat { Table = t => t.Fallback("strong") };
        var outer = new RoutedChat();
        using RoutedChatClient target = Routed(inner, failing => failing.UseFunctionInvocation(configure: c => c.AdditionalTools = [Send()]), beforeAnyTool);
        using var client = new RoutedChatClient(outer.Router, id => id == "strong" ? target : outer.Resolve(id));

        Assert.Same(_error, await Assert.ThrowsAsync<TimeoutException>(() => client.AskAsync(streaming, "code")));

        Assert.Equal(beforeAnyTool ? 0 : 1, _sent);
        Assert.Empty(outer.Spare.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TargetThatFailsToSayWhatItHas_Answers(bool streaming)
    {
        var chat = new RoutedChat();
        using IChatClient reticent = new Reticent(chat.Strong);
        using var client = new RoutedChatClient(chat.Router, id => id == "strong" ? reticent : chat.Resolve(id));

        ChatResponse response = await client.AskAsync(streaming, "code");

        Assert.Equal("strong", response.Text);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(false, false)]
    public async Task FunctionInvokerOfAnotherType_GetsTheCallersTools_AndIsNotTakenOver(bool streaming, bool beforeAnyTool)
    {
        // Such a client may take functions of its own kind only, so nothing is put around them, and they run unseen.
        AIFunction send = Send();
        var chat = new RoutedChat();
        List<AITool> given = [];
        using RoutedChatClient client = Routed(
            chat, failing => failing.Use(inner => new OtherInvoker(inner)).Use((messages, options, next, token) =>
            {
                given.AddRange(options!.Tools!);
                return next(messages, options, token);
            }),
            beforeAnyTool);

        Assert.Same(_error, await Assert.ThrowsAsync<TimeoutException>(() => client.AskAsync(streaming, "code", new ChatOptions { Tools = [send] })));

        Assert.Equal(beforeAnyTool ? 0 : 1, _sent);
        Assert.Empty(chat.Spare.Calls);
        Assert.All(given, tool => Assert.Same(send, tool));
        Assert.NotEmpty(given);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FunctionInvokerOfAnotherType_WithoutFunctionsToRun_IsTakenOver(bool streaming)
    {
        var chat = new RoutedChat();
        using RoutedChatClient client = Routed(chat, failing => failing.Use(inner => new OtherInvoker(inner)), always: true);

        ChatResponse response = await client.AskAsync(streaming, "code", new ChatOptions { Tools = [Send().AsDeclarationOnly()] });

        Assert.Equal("spare", response.Text);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TargetThatFailedBeforeItsTools_IsTakenOver(bool streaming)
    {
        // Tools that are only declared do not run in the target.
        var chat = new RoutedChat();
        using RoutedChatClient client = Routed(chat, failing => failing.UseFunctionInvocation(configure: c => c.AdditionalTools = [Send().AsDeclarationOnly()]), always: true);

        ChatResponse response = await client.AskAsync(streaming, "code", new ChatOptions { Tools = [Send()] });

        Assert.Equal("spare", response.Text);
    }

    [Fact]
    public async Task ToolsThatAreNoted_LookAsTheCallersDo()
    {
        AIFunction send = AIFunctionFactory.Create((string to) => to, new AIFunctionFactoryOptions
        {
            Name = "send",
            Description = "Sends a mail",
            AdditionalProperties = new Dictionary<string, object?> { ["cost"] = 1 },
        });
        AITool[] tools = [send, new ApprovalRequiredAIFunction(send), send.AsDeclarationOnly(), new HostedWebSearchTool()];
        var chat = new RoutedChat();

        await chat.Client.GetResponseAsync("code", new ChatOptions { Tools = tools });

        IList<AITool> given = chat.Strong.Calls.Single().Options!.Tools!;
        Assert.Equal(tools.Select(t => (t.Name, t.Description, t.AdditionalProperties)), given.Select(t => (t.Name, t.Description, t.AdditionalProperties)));
        Assert.Equal(tools.Select(SchemaOf), given.Select(SchemaOf));
        Assert.Equal([false, true, false, false], given.Select(t => t.GetService<ApprovalRequiredAIFunction>() is not null));
        Assert.Equal(tools[2..], given.Skip(2));
        Assert.NotSame(send, given[0]);

        static (string?, System.Reflection.MethodInfo?) SchemaOf(AITool tool) =>
            ((tool as AIFunctionDeclaration)?.JsonSchema.GetRawText(), (tool as AIFunction)?.UnderlyingMethod);
    }

    private AIFunction Send() => AIFunctionFactory.Create(() => ++_sent, "send");

    /// <summary>A client whose target strong calls the tool and fails once it ran, or always.</summary>
    private RoutedChatClient Routed(RoutedChat chat, Func<ChatClientBuilder, ChatClientBuilder> pipeline, bool always = false)
    {
        TestChatClient failing = new((call, _) => always || call.Messages[^1].Role == ChatRole.Tool
            ? throw _error
            : new[] { new ChatResponseUpdate(ChatRole.Assistant, [new FunctionCallContent("1", "send")]) }.ToAsyncEnumerable());
        IChatClient strong = pipeline(new ChatClientBuilder(failing)).Build();
        return new RoutedChatClient(chat.Router, id => id == "strong" ? strong : chat.Resolve(id));
    }

    private sealed class OtherInvoker(IChatClient inner) : FunctionInvokingChatClient(inner);

    private sealed class Reticent(IChatClient inner) : DelegatingChatClient(inner)
    {
        public override object? GetService(Type serviceType, object? serviceKey = null) => throw new InvalidOperationException("nothing to tell");
    }
}
