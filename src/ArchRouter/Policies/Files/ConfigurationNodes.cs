using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace ArchRouter;

/// <summary>Reads a configuration section into nodes. A section whose keys are all integers is a list, as configuration has no other; unless they count from 0, it may have been a map.</summary>
internal static class ConfigurationNodes
{
    public static ConfigNode Read(IConfiguration configuration)
    {
        (string location, string? value) = configuration is IConfigurationSection section ? (section.Path, section.Value) : ("configuration", null);
        IConfigurationSection[] children = [.. configuration.GetChildren()];
        if (children.Length == 0)
        {
            return new ConfigScalar(location, value ?? "", value is null ? ScalarKind.Null : ScalarKind.Untyped);
        }

        if (!Array.TrueForAll(children, c => Index(c) is not null))
        {
            return new ConfigMap(location, Entries(children));
        }

        ConfigEntry[] entries = Entries(children.OrderBy(Index));
        bool counts = entries.Select(entry => entry.Key).SequenceEqual(Enumerable.Range(0, entries.Length).Select(i => i.ToString(CultureInfo.InvariantCulture)));
        return new ConfigList(location, [.. entries.Select(entry => entry.Value)]) { Keyed = counts ? null : entries };
    }

    private static ConfigEntry[] Entries(IEnumerable<IConfigurationSection> sections) => [.. sections.Select(c => new ConfigEntry(c.Key, c.Path, Read(c)))];

    private static int? Index(IConfigurationSection child) =>
        int.TryParse(child.Key, NumberStyles.None, CultureInfo.InvariantCulture, out int index) ? index : null;
}
