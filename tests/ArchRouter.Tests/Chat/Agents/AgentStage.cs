using System.ClientModel;
using System.ClientModel.Primitives;
using ArchRouter.TestDoubles;
using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using OpenAI;

namespace ArchRouter.Tests.Chat.Agents;

/// <summary>
/// Agents of Agent Framework over one routed client, whose targets are OpenAI's real clients on a loopback server: policy "code" leads to
/// strong and "prose" to fast; agents named Reviewer or Lead may only match "prose".
/// </summary>
internal sealed class AgentStage(LoopbackOpenAI server)
{
    /// <summary>Names both policies: which one is picked depends on what the agent may match.</summary>
    public const string Request = "code and prose";

    public ScriptedRouterEngine Engine { get; init; } = ScriptedRouterEngine.ByMention();

    public Action<RouteTableBuilder> Table { get; init; } = DefaultTable;

    public RouterOptions Options { get; init; } = new() { FindAgentName = static () => AIAgent.CurrentRunContext?.Agent.Name };

    public StepLog Client => field ??= new StepLog(new RoutedChatClient(
        new PreferenceRouter(new RouteTables(RouteTable.Create(Table)), Engine, Options),
        new Dictionary<string, IChatClient> { ["strong"] = Target("strong"), ["fast"] = Target("fast"), ["spare"] = Target("spare") }));

    public ChatClientAgent Agent(string name, params AITool[] tools) => new(Client, instructions: $"You are {name}.", name: name, tools: tools);

    public static void DefaultTable(RouteTableBuilder table) => table
        .Route("code", "Writing code", to: "strong")
        .Route("prose", "Writing prose", to: "fast")
        .Agent("Reviewer", allow: ["prose"])
        .Agent("lead", allow: ["Prose"])
        .Fallback("spare");

    public static Task<AgentResponse> RunAsync(
        AIAgent agent, bool streaming, string request = Request, AgentSession? session = null, CancellationToken cancellationToken = default) =>
        streaming
            ? agent.RunStreamingAsync(request, session, cancellationToken: cancellationToken).ToAgentResponseAsync(cancellationToken)
            : agent.RunAsync(request, session, cancellationToken: cancellationToken);

    private IChatClient Target(string model) =>
        new OpenAIClient(new ApiKeyCredential("key"), new OpenAIClientOptions { Endpoint = server.Endpoint, RetryPolicy = new ClientRetryPolicy(0) })
            .GetChatClient(model)
            .AsIChatClient();
}
