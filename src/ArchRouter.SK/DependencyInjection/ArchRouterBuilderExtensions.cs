using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter.SK;

/// <summary>Semantic Kernel's part of <see cref="ArchRouterBuilder"/>.</summary>
public static class ArchRouterBuilderExtensions
{
    /// <summary>Sets how the selector sits in the kernel.</summary>
    /// <param name="builder">The builder.</param>
    /// <param name="configure">Changes the options.</param>
    public static ArchRouterBuilder ConfigureSelector(this ArchRouterBuilder builder, Action<ArchRouterSelectorOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        configure(builder.SelectorOptions());
        return builder;
    }

    /// <summary>One object per collection: what is registered depends on it, so it must be there before the container is.</summary>
    internal static ArchRouterSelectorOptions SelectorOptions(this ArchRouterBuilder builder)
    {
        ArchRouterSelectorOptions? options = builder.Services
            .Select(d => d.IsKeyedService ? null : d.ImplementationInstance)
            .OfType<ArchRouterSelectorOptions>()
            .FirstOrDefault();
        if (options is null)
        {
            builder.Services.AddSingleton(options = new ArchRouterSelectorOptions());
        }

        return options;
    }
}
