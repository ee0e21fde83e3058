using Azure.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel.Connectors.AzureOpenAI;
using Microsoft.SemanticKernel.Connectors.OpenAI;

namespace ArchRouter.SK;

/// <summary>The providers whose connectors come with Semantic Kernel, or that speak OpenAI's protocol.</summary>
internal static class BuiltInProviders
{
    // Servers without keys refuse nothing; the connector sends the header anyway, so it says plainly that there is none.
    private const string NoKey = "none";

    public static IReadOnlyList<TargetProvider> All { get; } =
    [
        new("openai", OpenAI)
        {
            Requires = TargetFields.Model | TargetFields.ApiKey,
            Takes = TargetFields.Endpoint | TargetFields.Organization,
            ApiKeyVariables = ["OPENAI_API_KEY"],
        },
        new("azure-openai", AzureOpenAI)
        {
            Requires = TargetFields.Deployment | TargetFields.Endpoint | TargetFields.ApiKey,
            Takes = TargetFields.Model | TargetFields.ApiVersion,
            ApiKeyVariables = ["AZURE_OPENAI_API_KEY"],
            EndpointProblem = EndpointText.AzureProblem,
            HasOtherCredential = services => services.GetService<TokenCredential>() is not null,
        },
        Compatible("openai-compatible", null),
        Compatible("ollama", "http://localhost:11434/v1"),
        Compatible("vllm", "http://localhost:8000/v1"),
        Compatible("lm-studio", "http://localhost:1234/v1"),
        new("gemini", OpenAI)
        {
            Requires = TargetFields.Model | TargetFields.ApiKey,
            Takes = TargetFields.Endpoint,
            DefaultEndpoint = new("https://generativelanguage.googleapis.com/v1beta/openai/"),
            ApiKeyVariables = ["GEMINI_API_KEY", "GOOGLE_API_KEY"],
        },
    ];

    private static TargetProvider Compatible(string name, string? endpoint) => new(name, OpenAI)
    {
        Requires = endpoint is null ? TargetFields.Model | TargetFields.Endpoint : TargetFields.Model,
        Takes = TargetFields.Endpoint | TargetFields.ApiKey | TargetFields.Organization,
        DefaultEndpoint = endpoint is null ? null : new(endpoint),
    };

    private static OpenAIChatCompletionService OpenAI(IServiceProvider services, TargetConnection target)
    {
        ILoggerFactory? loggers = services.GetService<ILoggerFactory>();
        return target.Endpoint is null
            ? new(target.Model!, target.ApiKey!, target.Organization, target.HttpClient, loggers)
#pragma warning disable SKEXP0010 // Endpoints of one's own are marked experimental in Semantic Kernel.
            : new(target.Model!, target.Endpoint, target.ApiKey ?? NoKey, target.Organization, target.HttpClient, loggers);
#pragma warning restore SKEXP0010
    }

    private static AzureOpenAIChatCompletionService AzureOpenAI(IServiceProvider services, TargetConnection target)
    {
        ILoggerFactory? loggers = services.GetService<ILoggerFactory>();
        string endpoint = target.Endpoint!.AbsoluteUri;
        return target.ApiKey is { } key
            ? new(target.Deployment!, endpoint, key, target.Model, target.HttpClient, loggers, target.ApiVersion)
            : new(target.Deployment!, endpoint, services.GetRequiredService<TokenCredential>(), target.Model, target.HttpClient, loggers, target.ApiVersion);
    }
}
