using System.Text.RegularExpressions;

namespace ArchRouter.Docs.Tests.Markdown;

/// <summary>What the tests need to know of a Markdown page: its fenced blocks, headings and links.</summary>
internal sealed partial class MarkdownPage
{
    private readonly List<CodeBlock> _blocks = [];
    private readonly List<string> _anchors = [];
    private readonly List<(int Line, string Target)> _links = [];

    private MarkdownPage(string file) => File = file;

    public string File { get; }

    public IReadOnlyList<CodeBlock> Blocks => _blocks;

    /// <summary>The names by which GitHub links to the headings.</summary>
    public IReadOnlyList<string> Anchors => _anchors;

    public IReadOnlyList<(int Line, string Target)> Links => _links;

    public static MarkdownPage Load(string file) => Parse(file, System.IO.File.ReadAllText(Repository.PathOf(file)));

    public static MarkdownPage Parse(string file, string text)
    {
        MarkdownPage page = new(file);
        string[] lines = text.ReplaceLineEndings("\n").Split('\n');
        List<string> comments = [];
        for (int i = 0; i < lines.Length; i++)
        {
            Match fence = Fence().Match(lines[i]);
            if (fence.Success)
            {
                int end = Array.FindIndex(lines, i + 1, line => line.Trim() == fence.Groups["fence"].Value);
                end = end < 0 ? throw new FormatException($"{file}:{i + 1}: the fence is never closed.") : end;
                int indent = fence.Groups["indent"].Length;
                string code = string.Join('\n', lines[(i + 1)..end].Select(line => line.Length >= indent ? line[indent..] : line.TrimStart()));
                page._blocks.Add(new(file, i + 2, fence.Groups["language"].Value.ToLowerInvariant(), code, [.. comments]));
                comments.Clear();
                i = end;
                continue;
            }

            Match comment = Comment().Match(lines[i]);
            if (comment.Success)
            {
                comments.Add(comment.Groups["text"].Value.Trim());
                continue;
            }

            comments.Clear();
            page.ReadProse(i + 1, lines[i]);
        }

        return page;
    }

    private void ReadProse(int number, string line)
    {
        Match heading = Heading().Match(line);
        if (heading.Success)
        {
            _anchors.Add(AnchorOf(heading.Groups["text"].Value));
        }

        foreach (Match link in Link().Matches(Code().Replace(line, "")))
        {
            _links.Add((number, link.Groups["target"].Value));
        }
    }

    private static string AnchorOf(string heading) =>
        NotInAnchors().Replace(heading.Trim().ToLowerInvariant(), "").Replace(' ', '-');

    [GeneratedRegex(@"^(?<indent> *)(?<fence>```+)(?<language>[^`\s]*)\s*$")]
    private static partial Regex Fence();

    [GeneratedRegex(@"^\s*<!--(?<text>.*)-->\s*$")]
    private static partial Regex Comment();

    [GeneratedRegex(@"^#{1,6}\s+(?<text>.+)$")]
    private static partial Regex Heading();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|(?:src|href)=""(?<target>[^""]+)""")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex Code();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
