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
            if (!TargetKey.IsOpenAI(target) && target["provider"] != "openai-compatible")
            {
                throw new InvalidDataException($"{target.Path}:provider is '{target["provider"]}'. With Agent Framework this sample knows openai and openai-compatible.");
            }

            string model = target["model"] ?? throw new InvalidDataException($"{target.Path}:model is missing.");
            OpenAIClientOptions options = target["endpoint"] is { } endpoint ? new() { Endpoint = new Uri(endpoint) } : new();
            string? key = target["apiKey"];
            if (key is null && TargetKey.VariableOf(target) is { } variable)
            {
                throw new InvalidDataException($"{target.Path} has no key. Set the environment variable {variable}.");
            }

            // Servers without keys refuse nothing.
            ApiKeyCredential credential = new(key ?? "none");
            services.AddKeyedChatClient(target.Key, new OpenAIClient(credential, options).GetChatClient(model).AsIChatClient());
        }

        return services;
    }
}
