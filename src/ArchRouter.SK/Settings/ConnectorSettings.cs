using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>Knows which settings types a connector reads as they are.</summary>
internal static class ConnectorSettings
{
    private const string ConnectorPrefix = "Microsoft.SemanticKernel.Connectors.";
    private static readonly string[] SchemaReaders = [ConnectorPrefix + "OpenAI", ConnectorPrefix + "AzureOpenAI"];
    private static readonly ConcurrentDictionary<(Type Settings, Assembly Service), bool> Known = new();

    /// <summary>
    /// Whether a service is one of Semantic Kernel's connectors and the settings are of another family. A connector reads types of its own
    /// assembly and of those it builds on (Azure OpenAI on OpenAI). Of any other service nothing is known, decorators above all, so for it
    /// no settings are foreign.
    /// </summary>
    public static bool AreForeign(Type settings, Assembly service) =>
        settings != typeof(PromptExecutionSettings) && Known.GetOrAdd((settings, service), static key => Find(key.Settings, key.Service));

    /// <summary>Whether the service is Semantic Kernel's own, such as its adapter for chat clients, which reads every settings type.</summary>
    public static bool IsSemanticKernel(Assembly service) =>
        service == typeof(KernelArguments).Assembly || service == typeof(KernelFunctionFactory).Assembly;

    /// <summary>
    /// Whether a service reads settings of this type through JSON, so that what only their own connector knows is lost: another family's
    /// connector, or the adapter for chat clients.
    /// </summary>
    public static bool AreTranslated(Type settings, Assembly service) =>
        AreForeign(settings, service) || (settings != typeof(PromptExecutionSettings) && IsSemanticKernel(service));

    /// <summary>Whether a service is known to take the JSON schema of its answer as <c>response_format</c>.</summary>
    public static bool TakesSchemas(Assembly service) => IsSemanticKernel(service) || SchemaReaders.Contains(service.GetName().Name);

    private static bool Find(Type settings, Assembly service)
    {
        if (service.GetName().Name?.StartsWith(ConnectorPrefix, StringComparison.Ordinal) != true)
        {
            return false;
        }

        HashSet<string?> own = [service.GetName().Name, .. service.GetReferencedAssemblies().Select(a => a.Name)];
        for (Type? type = settings; type is not null && type != typeof(PromptExecutionSettings); type = type.BaseType)
        {
            if (own.Contains(type.Assembly.GetName().Name))
            {
                return false;
            }
        }

        return true;
    }
}
