namespace CodingAgents;

/// <summary>How a reviewer's answer ends.</summary>
internal static class Verdict
{
    public const string Approved = "APPROVED";
    public const string ChangeAsked = "CHANGE:";

    // Models like to put marks around such a word.
    public static bool IsApproved(string answer) => answer.TrimEnd(' ', '\n', '\r', '*', '`', '.', '!').EndsWith(Approved, StringComparison.Ordinal);
}
