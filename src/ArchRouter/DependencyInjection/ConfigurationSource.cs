using Microsoft.Extensions.Configuration;

namespace ArchRouter;

/// <summary>A configuration section, read when the tables are put together.</summary>
internal sealed class ConfigurationSource(IConfiguration configuration) : IRouteSource
{
    public void AddTo(RouteTablesBuilder tables, RouterOptions options)
    {
        ConfigNode root = ConfigurationNodes.Read(configuration);
        if (root is ConfigScalar { Text: "" })
        {
            tables.Problems.Add(new(root.Location, "The configuration section is missing or empty.", "Check its name, or that the file it stands in is loaded."));
            tables.HasUnreadSource = true;
            return;
        }

        RouteTreeReader.Read(root, tables, options);
    }
}
