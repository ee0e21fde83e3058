namespace CodingAgents;

/// <summary>How a reviewer's answer ends.</summary>
internal static class Verdict
{
    public const string Approved = "APPROVED";
    public const string ChangeAsked = "CHANGE:";

    public static bool IsApproved(string answer) => answer.TrimEnd().EndsWith(Approved, StringComparison.Ordinal);
}
