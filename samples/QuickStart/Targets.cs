using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace QuickStart;

/// <summary>Registers the chat services that the policies name: stand-ins, OpenAI, or any OpenAI-compatible server.</summary>
internal sealed record Targets(Uri? BaseUrl, string? Model)
{
    private static readonly Dictionary<string, string> OpenAIModels = new()
    {
        ["fast"] = "gpt-5-mini",
        ["strong"] = "gpt-5",
        ["data"] = "gpt-5",
        ["writer"] = "gpt-5-mini",
    };

    private static string? ApiKey => Environment.GetEnvironmentVariable("OPENAI_API_KEY") is { Length: > 0 } key ? key : null;

    public bool AreStandIns => ApiKey is null && BaseUrl is null;

    public string Describe() => AreStandIns
        ? "local stand-ins that answer with their own name (no OPENAI_API_KEY and no --base-url)"
        : BaseUrl is null ? "OpenAI" : $"the server at {BaseUrl}";

    public void Register(IKernelBuilder builder)
    {
        foreach ((string serviceId, string openAIModel) in OpenAIModels)
        {
            string model = Model ?? openAIModel;
            if (AreStandIns)
            {
                builder.Services.AddKeyedSingleton<IChatCompletionService>(serviceId, new StandInChatService(serviceId));
            }
            else if (BaseUrl is null)
            {
                builder.AddOpenAIChatCompletion(model, ApiKey!, serviceId: serviceId);
            }
            else
            {
                builder.AddOpenAIChatCompletion(model, BaseUrl, ApiKey ?? "none", serviceId: serviceId);
            }
        }
    }
}
