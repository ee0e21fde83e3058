using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>Turns the settings of a request into settings for the target that will answer it. The caller's object is never changed.</summary>
internal static class SettingsProjection
{
    /// <summary>The settings for a target: the caller's own object where nothing has to differ or no copy can be made; null when neither says anything.</summary>
    public static PromptExecutionSettings? For(RouteTarget target, object service, PromptExecutionSettings? requested)
    {
        TargetSettings own = target.Settings;
        bool hasOwn = own.Temperature is not null || own.TopP is not null || own.MaxOutputTokens is not null;
        if (requested is null)
        {
            return hasOwn ? Filled(new PromptExecutionSettings(), own) : null;
        }

        if (ConnectorSettings.AreForeign(requested.GetType(), service.GetType().Assembly))
        {
            // Connectors read foreign settings as the base type, which drops everything but the extension data.
            return Filled(AsBase(requested), own);
        }

        return (hasOwn || requested.ModelId is not null || requested.ServiceId is not null) && Copy(requested, service) is { } copy ? Filled(copy, own) : requested;
    }

    private static PromptExecutionSettings Filled(PromptExecutionSettings settings, TargetSettings own)
    {
        SettingsProperties.Fill(settings, "temperature", own.Temperature);
        SettingsProperties.Fill(settings, "top_p", own.TopP);
        SettingsProperties.Fill(settings, "max_tokens", own.MaxOutputTokens);
        return settings;
    }

    /// <summary>
    /// A copy without the ids; null where none can be made. The ids chose among services; a chat client would send the model id on, to a target
    /// that may not have that model.
    /// </summary>
    private static PromptExecutionSettings? Copy(PromptExecutionSettings requested, object service)
    {
        PromptExecutionSettings clone = requested.Clone();
        bool losesProperties = clone.GetType() == typeof(PromptExecutionSettings) && requested.GetType() != typeof(PromptExecutionSettings);
        if (losesProperties || ReferenceEquals(clone, requested) || clone.IsFrozen)
        {
            // The application's own type, which overrides Clone not at all or in its own way. Its own service needs such an object itself;
            // Semantic Kernel's adapter for chat clients reads names and values.
            return ConnectorSettings.IsSemanticKernel(service.GetType().Assembly) ? AsBase(requested) : null;
        }

        if (ReferenceEquals(clone.ExtensionData, requested.ExtensionData) && requested.ExtensionData is { } shared)
        {
            clone.ExtensionData = new Dictionary<string, object>(shared);
        }

        clone.FunctionChoiceBehavior ??= requested.FunctionChoiceBehavior;
        clone.ModelId = null;
        clone.ServiceId = null;
        return clone;
    }

    private static PromptExecutionSettings AsBase(PromptExecutionSettings requested) => new()
    {
        ExtensionData = SettingsProperties.ReadAll(requested),
        FunctionChoiceBehavior = requested.FunctionChoiceBehavior,
    };
}
