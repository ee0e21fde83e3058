using System.Globalization;

namespace ArchRouter.OnnxGenAI;

/// <summary>Puts the provider that was asked for in place of the ones that the folder was built with.</summary>
internal static class ProviderSetup
{
    public static void Apply(IGenAIConfig config, ProviderTraits traits, GenAIOptions options)
    {
        config.ClearProviders();
        if (traits.Name is not { } name)
        {
            return;
        }

        config.AppendProvider(name);
        if (options.DeviceId is { } device)
        {
            config.SetProviderOption(name, traits.DeviceOption!, device.ToString(CultureInfo.InvariantCulture));
        }

        foreach ((string option, string value) in options.ProviderOptions)
        {
            config.SetProviderOption(name, option, value);
        }
    }
}
