using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace QuickStart;

/// <summary>Registers the chat services that the policies name: stand-ins, OpenAI, or any OpenAI-compatible server.</summary>
/// <param name="BaseUrl">The server that every target is on; null: OpenAI where there is a key, else stand-ins.</param>
/// <param name="Model">The model of every target; null: OpenAI's.</param>
/// <param name="OpenAIKey">OpenAI's key, which no other server gets.</param>
/// <param name="ServerKey">The key of the server at <paramref name="BaseUrl"/>; null: it gets none.</param>
internal sealed record Targets(Uri? BaseUrl, string? Model, string? OpenAIKey, string? ServerKey)
{
    private static readonly Dictionary<string, string> OpenAIModels = new()
    {
        ["fast"] = "gpt-5-mini",
        ["strong"] = "gpt-5",
        ["data"] = "gpt-5",
        ["writer"] = "gpt-5-mini",
    };

    public bool AreStandIns => string.IsNullOrEmpty(OpenAIKey) && BaseUrl is null;

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
                builder.AddOpenAIChatCompletion(model, OpenAIKey!, serviceId: serviceId);
            }
            else
            {
                // Servers without keys refuse nothing; the connector wants one.
                builder.AddOpenAIChatCompletion(model, BaseUrl, ServerKey ?? "none", serviceId: serviceId);
            }
        }
    }
}
