using ArchRouter.SK;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.SemanticKernel.Connectors.Google;

namespace Microsoft.SemanticKernel;

/// <summary>Has the provider <c>gemini</c> use Google's own API.</summary>
public static class GeminiTargetsExtensions
{
    /// <summary>
    /// Puts Semantic Kernel's Google connector behind the provider <c>gemini</c>, in the place of Google's OpenAI-compatible endpoint. Targets and
    /// keys stay as they are, but an <c>endpoint</c> cannot be given.
    /// </summary>
    /// <param name="services">The collection; the order of calls does not matter.</param>
    /// <exception cref="ArgumentNullException"><paramref name="services"/> is null.</exception>
    public static IServiceCollection AddGeminiTargets(this IServiceCollection services) => services.AddArchRouterTargetProvider(new TargetProvider("gemini", Create)
    {
        Requires = TargetFields.Model | TargetFields.ApiKey,
        ApiKeyVariables = ["GEMINI_API_KEY", "GOOGLE_API_KEY"],
    });

    /// <inheritdoc cref="AddGeminiTargets(IServiceCollection)"/>
    /// <param name="builder">The kernel builder; the order of calls does not matter.</param>
    public static IKernelBuilder AddGeminiTargets(this IKernelBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddGeminiTargets();
        return builder;
    }

    private static GoogleAIGeminiChatCompletionService Create(IServiceProvider services, TargetConnection target) =>
        new(modelId: target.Model!, apiKey: target.ApiKey!, httpClient: target.HttpClient, loggerFactory: services.GetService<ILoggerFactory>());
}
