using Microsoft.Extensions.Configuration;

namespace ArchRouter;

public sealed partial class ArchRouterBuilder
{
    /// <summary>Adds the tables, and the section <c>router</c>, of a policy file in YAML or JSON; see <see cref="PolicyFile"/>.</summary>
    /// <remarks>
    /// Sources add up: routes from code, files and configuration go into the same tables. The file is read when the router is first resolved
    /// or the host starts; problems are reported then, together with those of every other source. What its section <c>router</c> sets counts
    /// over <see cref="Configure"/> and over earlier sources.
    /// </remarks>
    /// <param name="path">
    /// The path. A relative one is looked for in the current directory, then in <see cref="AppContext.BaseDirectory"/>.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty or white space.</exception>
    public ArchRouterBuilder AddPolicyFile(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return AddSource(new PolicyFileSource(path));
    }

    /// <summary>Adds the tables, and the section <c>router</c>, of a configuration section with the same keys as a policy file.</summary>
    /// <remarks>
    /// As with <see cref="AddPolicyFile"/>, sources add up and are read once; a later reload of the configuration is not observed.
    /// </remarks>
    /// <param name="section">The section, for example <c>configuration.GetSection("ArchRouter")</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="section"/> is null.</exception>
    public ArchRouterBuilder AddConfiguration(IConfiguration section)
    {
        ArgumentNullException.ThrowIfNull(section);
        return AddSource(new ConfigurationSource(section));
    }
}
