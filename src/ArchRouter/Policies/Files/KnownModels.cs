namespace ArchRouter;

/// <summary>
/// What well-known hosted models, and connectors of one kind, can do, for targets whose entry does not say. Only models whose makers document it; a server of one's own can
/// serve a model of any name with or without tools, so nothing is taken for granted there. Prices and limits change and are not kept here.
/// </summary>
internal static class KnownModels
{
    private const TargetCapabilities All = TargetCapabilities.Tools | TargetCapabilities.Vision | TargetCapabilities.StructuredOutput;

    private static readonly string[] OpenAI = ["gpt-4o", "gpt-4o-mini", "gpt-4.1", "gpt-4.1-mini", "gpt-4.1-nano", "gpt-5", "gpt-5-mini", "gpt-5-nano"];

    private static readonly string[] Gemini = ["gemini-2.0-flash", "gemini-2.5-flash", "gemini-2.5-flash-lite", "gemini-2.5-pro"];

    /// <summary>The capabilities, or null when nothing is known for certain.</summary>
    /// <param name="provider">The target's provider.</param>
    /// <param name="model">The model's id; a date behind it (<c>gpt-4o-2024-08-06</c>) does not matter.</param>
    public static TargetCapabilities? Capabilities(string? provider, string? model)
    {
        // Semantic Kernel's connector hands no tools, images or schemas to the model.
        if (provider is not null && ConfigKeys.Same(provider, "onnx"))
        {
            return TargetCapabilities.None;
        }

        if (provider is null || model is null)
        {
            return null;
        }

        string[] known = ConfigKeys.Same(provider, "openai") || ConfigKeys.Same(provider, "azure-openai") ? OpenAI
            : ConfigKeys.Same(provider, "gemini") ? Gemini
            : [];
        return !Array.Exists(known, name => IsVersionOf(name, model)) ? null
            // The one version that came before schemas.
            : string.Equals(model, "gpt-4o-2024-05-13", StringComparison.OrdinalIgnoreCase) ? TargetCapabilities.Tools | TargetCapabilities.Vision
            : All;
    }

    /// <summary>The name itself, or the name and a date or number: other words make another model (<c>gpt-4o-audio-preview</c>).</summary>
    private static bool IsVersionOf(string name, string model) =>
        model.StartsWith(name, StringComparison.OrdinalIgnoreCase)
        && (model.Length == name.Length
            || (model[name.Length] == '-' && model.Length > name.Length + 1 && model.AsSpan(name.Length + 1).TrimStart("0123456789-").IsEmpty));
}
