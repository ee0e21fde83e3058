using System.ClientModel;
using ArchRouter;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenAI;

namespace CodingAgents;

/// <summary>Registers the targets as chat clients, which Agent Framework works with. For Semantic Kernel <c>AddArchRouterTargets</c> does this.</summary>
internal static class ChatClients
{
    public static IServiceCollection AddChatClients(this IServiceCollection services, IConfigurationSection routing)
    {
        foreach (IConfigurationSection target in routing.GetRequiredSection("targets").GetChildren())
        {
            if (target["provider"] is not ("openai" or "openai-compatible"))
            {
                throw new InvalidDataException($"{target.Path}:provider is '{target["provider"]}'. With Agent Framework this sample knows openai and openai-compatible.");
            }

            string model = target["model"] ?? throw new InvalidDataException($"{target.Path}:model is missing.");
            OpenAIClientOptions options = target["endpoint"] is { } endpoint ? new() { Endpoint = new Uri(endpoint) } : new();
            // Servers without keys refuse nothing.
            ApiKeyCredential key = new(target["apiKey"] ?? "none");
            services.AddKeyedChatClient(target.Key, new OpenAIClient(key, options).GetChatClient(model).AsIChatClient());
        }

        return services;
    }
}
