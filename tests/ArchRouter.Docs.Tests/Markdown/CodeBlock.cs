using System.Text.RegularExpressions;

namespace ArchRouter.Docs.Tests.Markdown;

/// <summary>A fenced block of a page, with the HTML comments that stand right above it.</summary>
/// <param name="File">The page, from the root of the repository.</param>
/// <param name="Line">The line of the block's first line of code.</param>
/// <param name="Language">The word after the fence, in lower case.</param>
/// <param name="Text">The code.</param>
/// <param name="Comments">What the comments say.</param>
internal sealed partial record CodeBlock(string File, int Line, string Language, string Text, IReadOnlyList<string> Comments)
{
    /// <summary>The contexts that a fragment of C# needs: <c>&lt;!-- context: kernel, agents --&gt;</c>.</summary>
    public IReadOnlyList<string> Contexts =>
        Said("context") is { } names ? names.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) : [];

    /// <summary>Why the block is not checked: <c>&lt;!-- not compiled: because --&gt;</c>, or the same with <c>not a policy file</c>; null if it is.</summary>
    public string? Excuse => Said("not compiled") ?? Said("not a policy file");

    /// <summary>Whether the block shows some keys of a policy file and leaves out what every file needs: <c>&lt;!-- part of a policy file --&gt;</c>.</summary>
    public bool IsPart => Comments.Contains("part of a policy file");

    public override string ToString() => $"{File}:{Line}";

    private string? Said(string what) =>
        Comments.Select(comment => Statement().Match(comment)).FirstOrDefault(match => match.Groups["what"].Value == what)?.Groups["value"].Value;

    [GeneratedRegex(@"^(?<what>[a-z ]+):\s*(?<value>.*)$", RegexOptions.Singleline)]
    private static partial Regex Statement();
}
