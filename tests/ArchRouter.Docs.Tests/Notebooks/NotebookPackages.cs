using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace ArchRouter.Docs.Tests.Notebooks;

/// <summary>
/// Turns the packages that a notebook asks for into the assemblies of this build: each package with all that it brings, and nothing else, so
/// that a cell that needs more than its notebook references fails here too.
/// </summary>
internal static partial class NotebookPackages
{
    private static readonly Lazy<Assembly[]> Framework = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetDirectoryName(path) == Path.GetDirectoryName(typeof(object).Assembly.Location))
            .Select(path => Assembly.Load(Path.GetFileNameWithoutExtension(path))),
    ]);

    /// <summary>The packages that a cell references, with the versions that it asks for.</summary>
    public static IEnumerable<(string Name, string Version)> Of(string source) =>
        Reference().Matches(source).Select(match => (match.Groups["name"].Value, match.Groups["version"].Value));

    /// <summary>The cell without its references, which are no C#.</summary>
    public static string Without(string source) => Reference().Replace(source, "");

    public static IReadOnlyList<Assembly> Assemblies(IEnumerable<string> packages)
    {
        Dictionary<string, JsonElement> libraries = Libraries();
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        Stack<string> open = new(packages);
        List<Assembly> assemblies = [.. Framework.Value];
        while (open.TryPop(out string? name))
        {
            if (!names.Add(name))
            {
                continue;
            }

            if (!libraries.TryGetValue(name, out JsonElement library))
            {
                throw new InvalidOperationException($"This build has no package '{name}'.");
            }

            if (library.TryGetProperty("runtime", out JsonElement runtime))
            {
                assemblies.AddRange(runtime.EnumerateObject()
                    .Select(file => Path.GetFileNameWithoutExtension(file.Name))
                    .Where(file => file != "_")
                    .Select(file => Assembly.Load(file)));
            }

            if (library.TryGetProperty("dependencies", out JsonElement dependencies))
            {
                foreach (JsonProperty dependency in dependencies.EnumerateObject())
                {
                    open.Push(dependency.Name);
                }
            }
        }

        return [.. assemblies.Distinct()];
    }

    private static Dictionary<string, JsonElement> Libraries()
    {
        string file = Path.Combine(AppContext.BaseDirectory, "ArchRouter.Docs.Tests.deps.json");
        JsonElement targets = JsonDocument.Parse(File.ReadAllBytes(file)).RootElement.GetProperty("targets");
        return targets.EnumerateObject().First().Value.EnumerateObject()
            .ToDictionary(library => library.Name.Split('/')[0], library => library.Value, StringComparer.OrdinalIgnoreCase);
    }

    [GeneratedRegex("^#r \"nuget: ?(?<name>[^,\"]+), ?(?<version>[^\"]+)\"[^\\n]*$", RegexOptions.Multiline)]
    private static partial Regex Reference();
}
