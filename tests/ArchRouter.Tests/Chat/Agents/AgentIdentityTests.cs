using ArchRouter.TestDoubles;
using Microsoft.Agents.AI;
using Microsoft.Agents.AI.Workflows;
using Microsoft.Extensions.AI;

namespace ArchRouter.Tests.Chat.Agents;

/// <summary>How the router comes to know which agent calls.</summary>
public sealed class AgentIdentityTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hint_OfTheAgentsOptions_WorksInWorkflows(bool streaming)
    {
        var chat = new RoutedChat { Table = AgentStage.DefaultTable };
        var log = new StepLog(chat.Client);
        ChatClientAgent Named(string name) => new(
            log, new ChatClientAgentOptions { Name = name.ToLowerInvariant(), ChatOptions = new ChatOptions { Instructions = "Help." }.WithAgentName(name) });
        Workflow workflow = AgentWorkflowBuilder.BuildSequential([Named("Drafter"), Named("Reviewer")]);

        await AgentStage.RunAsync(workflow.AsAIAgent(), streaming);

        Assert.Equal(["Drafter Agent Matched code strong", "Reviewer Agent Matched prose fast"], log.Lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Hint_ComesBeforeTheAmbientRun(bool streaming)
    {
        var chat = new RoutedChat { Table = AgentStage.DefaultTable, Options = new() { FindAgentName = () => AIAgent.CurrentRunContext?.Agent.Name } };
        var log = new StepLog(chat.Client);
        var agent = new ChatClientAgent(log, new ChatClientAgentOptions { Name = "Drafter", ChatOptions = new ChatOptions().WithAgentName("Reviewer") });

        await AgentStage.RunAsync(agent, streaming);

        Assert.Equal(["Reviewer Agent Matched prose fast"], log.Lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AmbientRun_IsForgottenAfterIt(bool streaming)
    {
        var chat = new RoutedChat { Options = new() { FindAgentName = () => AIAgent.CurrentRunContext?.Agent.Name } };
        var log = new StepLog(chat.Client);

        await AgentStage.RunAsync(new ChatClientAgent(log, "Help.", name: "Drafter"), streaming);
        await log.AskAsync(streaming, "code");

        Assert.Equal(["Drafter Agent Matched code strong", "- Call Matched code strong"], log.Lines);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task FindAgentName_ThatFails_MeansNotKnown(bool streaming)
    {
        var chat = new RoutedChat { Options = new() { FindAgentName = () => throw new InvalidOperationException() } };
        var log = new StepLog(chat.Client);

        Assert.Equal("strong", (await log.AskAsync(streaming, "code")).Text);
        Assert.Equal(["- Call Matched code strong"], log.Lines);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    public async Task EmptyName_MeansNotKnown(string empty)
    {
        string found = "Reviewer";
        var chat = new RoutedChat { Table = AgentStage.DefaultTable, Options = new() { FindAgentName = () => found } };
        var log = new StepLog(chat.Client);
        var options = new ChatOptions { AdditionalProperties = new() { [ArchRouterChatOptionsExtensions.AgentNameKey] = empty } };

        await log.GetResponseAsync("code", options);
        found = empty;
        await log.GetResponseAsync("code", options);

        Assert.Equal(["Reviewer Agent ", "- Call "], log.Lines.Select(line => line[..(line.IndexOf(' ', line.IndexOf(' ', StringComparison.Ordinal) + 1) + 1)]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task RunsOwnPolicies_AndTheAgents_BothHold(bool streaming)
    {
        var chat = new RoutedChat { Table = AgentStage.DefaultTable, Options = new() { FindAgentName = () => AIAgent.CurrentRunContext?.Agent.Name } };
        var log = new StepLog(chat.Client);
        var agent = new ChatClientAgent(log, "Help.", name: "Reviewer");
        async Task AskAsync(params string[] allowed)
        {
            var options = new ChatClientAgentRunOptions(new ChatOptions().WithAllowedPolicies(allowed));
            _ = streaming ? await agent.RunStreamingAsync(AgentStage.Request, options: options).ToAgentResponseAsync() : await agent.RunAsync(AgentStage.Request, options: options);
        }

        await AskAsync("prose", "code");
        await AskAsync("code");

        Assert.Equal(["Reviewer Agent Matched prose fast", "Reviewer Agent NoMatch - spare"], log.Lines);
        Assert.Single(chat.Engine.Requests);
        Assert.All(chat.Fast.Calls.Concat(chat.Spare.Calls), call => Assert.Null(call.Options!.AdditionalProperties));
    }

    [Fact]
    public async Task Decisions_SavedWithASession_NameWhoIsKnownOnly()
    {
        var chat = new RoutedChat { Options = new() { FindAgentName = () => AIAgent.CurrentRunContext?.Agent.Name } };
        var agent = new ChatClientAgent(new StepLog(chat.Client), "Help.", name: "Drafter");
        AgentSession session = await agent.CreateSessionAsync();
        await AgentStage.RunAsync(agent, streaming: true, "code", session);

        string saved = (await agent.SerializeSessionAsync(session)).GetRawText();

        Assert.Contains("\"agentName\":\"Drafter\"", saved, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("functionName", saved, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("pluginName", saved, StringComparison.OrdinalIgnoreCase);
    }
}
