using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>Turns the settings of a request into settings for the target that will answer it. The caller's object is never changed.</summary>
internal static class SettingsProjection
{
    private static readonly ConcurrentDictionary<(Type Settings, Assembly Service), bool> Foreign = new();

    /// <summary>The settings for a target, or null when neither request nor target says anything.</summary>
    public static PromptExecutionSettings? For(RouteTarget target, object service, PromptExecutionSettings? requested)
    {
        TargetSettings own = target.Settings;
        bool hasOwn = own.Temperature is not null || own.TopP is not null || own.MaxOutputTokens is not null;
        if (requested is null && !hasOwn)
        {
            return null;
        }

        PromptExecutionSettings settings = requested is null ? new() : Copy(requested, service);
        // They chose among services; a chat client would send the model id on, to a target that may not have that model.
        settings.ModelId = null;
        settings.ServiceId = null;
        if (hasOwn)
        {
            SettingsProperties.Fill(settings, "temperature", own.Temperature);
            SettingsProperties.Fill(settings, "top_p", own.TopP);
            SettingsProperties.Fill(settings, "max_tokens", own.MaxOutputTokens);
        }

        return settings;
    }

    private static PromptExecutionSettings Copy(PromptExecutionSettings requested, object service)
    {
        Type type = requested.GetType();
        if (!Foreign.GetOrAdd((type, service.GetType().Assembly), static key => IsForeign(key.Settings, key.Service)))
        {
            PromptExecutionSettings clone = requested.Clone();
            // A type of the application's that does not override Clone would lose its own properties.
            if (clone.GetType() == type)
            {
                clone.FunctionChoiceBehavior ??= requested.FunctionChoiceBehavior;
                return clone;
            }
        }

        // Most connectors read foreign settings as the base type, which drops everything but the extension data.
        return new PromptExecutionSettings
        {
            ExtensionData = SettingsProperties.ReadAll(requested),
            FunctionChoiceBehavior = requested.FunctionChoiceBehavior,
        };
    }

    /// <summary>
    /// A connector reads settings types of its own assembly and of those it builds on (Azure OpenAI on OpenAI) as they are. Semantic
    /// Kernel's adapter for chat clients reads every type.
    /// </summary>
    private static bool IsForeign(Type settings, Assembly service)
    {
        if (service == typeof(KernelArguments).Assembly || service == typeof(KernelFunctionFactory).Assembly)
        {
            return false;
        }

        for (Type? type = settings; type is not null && type != typeof(PromptExecutionSettings); type = type.BaseType)
        {
            Assembly declaring = type.Assembly;
            if (declaring == service || service.GetReferencedAssemblies().Any(a => a.Name == declaring.GetName().Name))
            {
                return false;
            }
        }

        return settings != typeof(PromptExecutionSettings);
    }
}
