using System.Text.RegularExpressions;

namespace ArchRouter.Docs.Tests.Snippets;

/// <summary>What a fragment of C# finds around it: a file of usings and variables that is compiled beside it.</summary>
/// <param name="Name">The name that pages use.</param>
/// <param name="Source">The file's content.</param>
/// <param name="Suppressed">The experimental diagnostics that the context says it uses: <c>// nowarn: SKEXP0001</c>.</param>
internal sealed partial record SnippetContext(string Name, string Source, IReadOnlyList<string> Suppressed)
{
    private static readonly string Folder = Path.Combine(AppContext.BaseDirectory, "Snippets", "Contexts");

    public static IEnumerable<string> Names => Directory.EnumerateFiles(Folder, "*.cs").Select(file => Path.GetFileNameWithoutExtension(file)!);

    public static SnippetContext Load(string name)
    {
        string file = Path.Combine(Folder, name + ".cs");
        if (!File.Exists(file))
        {
            throw new FileNotFoundException($"There is no context '{name}'; known: {string.Join(", ", Names)}.");
        }

        string source = File.ReadAllText(file);
        return new(name, source, [.. NoWarn().Matches(source).SelectMany(match => match.Groups["ids"].Value.Split(','))]);
    }

    [GeneratedRegex(@"^// nowarn: (?<ids>[\w,]+)\s*$", RegexOptions.Multiline)]
    private static partial Regex NoWarn();
}
