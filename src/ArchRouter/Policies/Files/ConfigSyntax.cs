namespace ArchRouter;

/// <summary>Problems that keep a text from being read at all, and the limits that both languages share.</summary>
internal static class ConfigSyntax
{
    /// <summary>The format nests seven levels deep; the limit only keeps hostile texts from overflowing the stack.</summary>
    public const int MaxDepth = 32;

    private const int LongestMessage = 200;

    public static RouteTableException Error(string location, string message, string fix) => new([new(location, message, fix)]);

    public static RouteTableException Empty(string name) =>
        Error(name, "The file is empty.", "Write at least 'fallback' and some 'routes'.");

    /// <summary>A parser's message, which can quote any part of the text, in a form that fits into a list of problems.</summary>
    public static string OneLine(string message) =>
        PolicyRules.Printable(message.Length <= LongestMessage ? message : string.Concat(message.AsSpan(0, LongestMessage), "…"));

    public static void CheckDepth(int depth, string location)
    {
        if (depth > MaxDepth)
        {
            throw Error(location, $"Values are nested more than {MaxDepth} levels deep.", "Policy files need seven.");
        }
    }
}
