using System.ClientModel;
using System.ClientModel.Primitives;
using ArchRouter.TestDoubles;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;
using OpenAI.Chat;

namespace ArchRouter.Tests.Matching.Remote;

/// <summary>The code of docs/router-server.md; a test keeps the two equal.</summary>
internal static class RouterServerSnippets
{
    public static readonly IReadOnlyDictionary<string, Action<IServiceCollection>> All = new Dictionary<string, Action<IServiceCollection>>
    {
        ["client"] = services => services.AddArchRouter(r => r.Fallback("fast")).UseRemoteRouter(_ => RouterClient()),
        ["remote"] = Remote,
        ["cascade"] = Cascade,
        ["log-probabilities"] = LogProbabilities,
    };

    // <client>
    static IChatClient RouterClient() => new OpenAIClient(
        new ApiKeyCredential(Environment.GetEnvironmentVariable("ROUTER_KEY") ?? "none"),
        new OpenAIClientOptions
        {
            Endpoint = new Uri("http://router.example:8000/v1"),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
        }).GetChatClient("arch-router").AsIChatClient();
    // </client>

    private static void Remote(IServiceCollection services)
    {
        // <remote>
        services.AddArchRouter(routes => routes
                .Route("code_generation", "Writing new functions, classes, scripts or tests from a description", to: "strong")
                .Route("code_understanding", "Explaining or summarising existing code", to: "fast", orElse: ["strong"])
                .Fallback("fast"))
            .UseRemoteRouter(_ => RouterClient());
        // </remote>
    }

    private static void Cascade(IServiceCollection services)
    {
        // <cascade>
        services.AddArchRouter(routes => routes
                .Route("code_generation", "Writing new functions, classes, scripts or tests from a description", to: "strong")
                .Route("code_understanding", "Explaining or summarising existing code", to: "fast", orElse: ["strong"])
                .Fallback("fast"))
            .UseEncoder()
            .EscalateTo(
                second => second.UseRemoteRouter(_ => RouterClient()),
                cascade => cascade.SecondDeadline = TimeSpan.FromMilliseconds(500));
        // </cascade>
    }

    private static void LogProbabilities(IServiceCollection services)
    {
        // <log-probabilities>
        services.AddArchRouter(routes => routes.Route("chat", "Small talk", to: "fast").Fallback("strong"))
            .UseRemoteRouter(_ => RouterClient(), remote =>
            {
                remote.ConfigureRequest = request => request.RawRepresentationFactory =
                    _ => new ChatCompletionOptions { IncludeLogProbabilities = true, TopLogProbabilityCount = 5 };
                remote.LogProbabilities = response => (response.RawRepresentation as ChatCompletion)?.ContentTokenLogProbabilities
                    .Select(token => new TokenLogProbability(token.Token, token.LogProbability, [.. token.TopLogProbabilities
                        .Select(other => new TokenLogProbability(other.Token, other.LogProbability))]))
                    .ToList();
            });
        // </log-probabilities>
    }

    /// <summary>Stands in for the method of ArchRouter.Onnx, which these tests do not reference.</summary>
    private static ArchRouterBuilder UseEncoder(this ArchRouterBuilder builder) => builder.UseEngine(_ => ScriptedRouterEngine.ByMention());
}
