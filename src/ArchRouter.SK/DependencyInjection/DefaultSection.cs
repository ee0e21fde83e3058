using Microsoft.Extensions.Configuration;

namespace ArchRouter.SK;

/// <summary>Where routes come from when the application names no source: the section <c>ArchRouter</c> of its configuration, if there is one.</summary>
internal sealed class DefaultSection(IConfiguration? configuration) : IRouteSource
{
    public const string Name = "ArchRouter";

    public void AddTo(RouteTablesBuilder tables, RouterOptions options)
    {
        if (configuration?.GetSection(Name) is { } section && section.Exists())
        {
            new ConfigurationSource(section).AddTo(tables, options);
        }
    }
}
