using System.ClientModel;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using OpenAI;

namespace CodingAgents;

/// <summary>The chat services that the policies name, and where they are.</summary>
/// <param name="All">The services.</param>
/// <param name="Endpoint">The server; null is OpenAI's own.</param>
/// <param name="Key">The server's API key.</param>
internal sealed record Targets(IReadOnlyList<Target> All, Uri? Endpoint, string Key)
{
    /// <summary>For Semantic Kernel, with its OpenAI connector.</summary>
    public void Register(IKernelBuilder builder)
    {
        foreach (Target target in All)
        {
            if (Endpoint is null)
            {
                builder.AddOpenAIChatCompletion(target.Model, Key, serviceId: target.ServiceId);
            }
            else
            {
                builder.AddOpenAIChatCompletion(target.Model, Endpoint, Key, serviceId: target.ServiceId);
            }
        }
    }

    /// <summary>For Agent Framework, as chat clients.</summary>
    public void Register(IServiceCollection services)
    {
        OpenAIClientOptions options = Endpoint is null ? new() : new() { Endpoint = Endpoint };
        OpenAIClient client = new(new ApiKeyCredential(Key), options);
        foreach (Target target in All)
        {
            services.AddKeyedChatClient(target.ServiceId, client.GetChatClient(target.Model).AsIChatClient());
        }
    }

    // Without the key, which has no place in a log.
    public override string ToString() => $"{string.Join(", ", All.Select(t => $"{t.ServiceId} = {t.Model}"))} at {Endpoint?.ToString() ?? "OpenAI"}";
}
