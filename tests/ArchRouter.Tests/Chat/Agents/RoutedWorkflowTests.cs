using ArchRouter.TestDoubles;
using Microsoft.Agents.AI;
using Microsoft.Agents.AI.Workflows;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Chat.Agents;

public sealed class RoutedWorkflowTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Sequence_IsRoutedByTheUsersRequestNotByAnotherAgentsOutput(bool streaming)
    {
        var chat = new RoutedChat { Strong = TestChatClient.Saying("here is some prose") };
        Workflow workflow = AgentWorkflowBuilder.BuildSequential([Agent(chat, "Drafter"), Agent(chat, "Reviewer")]);

        await RunAsync(workflow.AsAIAgent(), streaming, "code");

        Assert.Equal(2, chat.Strong.Calls.Count);
        Assert.Empty(chat.Fast.Calls);
        ChatMessage draft = chat.Strong.Calls.Last().Messages[^1];
        Assert.Equal((ChatRole.User, "Drafter", "here is some prose"), (draft.Role, draft.AuthorName, draft.Text));
        Assert.All(chat.Engine.Requests, request => Assert.Equal("code", request.Conversation.Messages[^1].Text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task GroupChat_IsRoutedByTheUsersRequest(bool streaming)
    {
        var chat = new RoutedChat { Strong = TestChatClient.Saying("here is some prose") };
        Workflow workflow = AgentWorkflowBuilder
            .CreateGroupChatBuilderWith(agents => new RoundRobinGroupChatManager(agents) { MaximumIterationCount = 4 })
            .AddParticipants(Agent(chat, "Drafter"), Agent(chat, "Reviewer"))
            .Build();

        await RunAsync(workflow.AsAIAgent(), streaming, "code");

        Assert.Equal(4, chat.Strong.Calls.Count);
        Assert.Empty(chat.Fast.Calls);
        Assert.All(chat.Engine.Requests, request => Assert.Equal("code", request.Conversation.Messages[^1].Text));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handoff_IsRoutedByTheUsersRequest(bool streaming)
    {
        var chat = new RoutedChat { Strong = TestChatClient.Answering(HandOffOnce) };
        ChatClientAgent triage = Agent(chat, "Triage");
        Workflow workflow = AgentWorkflowBuilder.CreateHandoffBuilderWith(triage)
            .WithHandoff(triage, Agent(chat, "Coder"), "Anything about programs.")
            .Build();

        AgentResponse response = await RunAsync(workflow.AsAIAgent(), streaming, "code");

        Assert.Contains("done", response.Text, StringComparison.Ordinal);
        Assert.Equal(2, chat.Strong.Calls.Count);
        Assert.Empty(chat.Fast.Calls);
        Assert.All(chat.Engine.Requests, request => Assert.Equal("code", request.Conversation.Messages[^1].Text));
    }

    private static AIContent HandOffOnce(TestChatCall call) =>
        call.Options?.Tools?.OfType<AIFunctionDeclaration>().FirstOrDefault(t => t.Name.StartsWith("handoff", StringComparison.Ordinal)) is { } handoff
            ? new FunctionCallContent("1", handoff.Name, new Dictionary<string, object?> { ["reasonForHandoff"] = "code" })
            : new TextContent("done");

    private static ChatClientAgent Agent(RoutedChat chat, string name) => new(chat.Client, instructions: $"You are {name}.", name: name);

    private static Task<AgentResponse> RunAsync(AIAgent agent, bool streaming, string request) =>
        streaming ? agent.RunStreamingAsync(request).ToAgentResponseAsync() : agent.RunAsync(request);
}
