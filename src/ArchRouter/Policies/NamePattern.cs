using System.IO.Enumeration;

namespace ArchRouter;

/// <summary>Compares names with patterns: <c>*</c> stands for any run of characters, <c>?</c> for one, and case does not matter.</summary>
internal static class NamePattern
{
    public static bool Matches(string pattern, string name) => FileSystemName.MatchesSimpleExpression(Literal(pattern), name, ignoreCase: true);

    // A backslash would make the next character literal; in names such as CORP\bot it is a character like others.
    private static string Literal(string pattern) =>
        pattern.Contains('\\', StringComparison.Ordinal) ? pattern.Replace("\\", "\\\\", StringComparison.Ordinal) : pattern;
}
