namespace CodingAgents;

/// <summary>What the team left undone. A workflow that ends has not always done its work: models forget to write, or to hand on.</summary>
internal static class Unfinished
{
    /// <summary>A sentence about it, or null: there is a change, and the review that came after the last of it approves.</summary>
    public static string? Of(IReadOnlyList<Step> steps, string diff)
    {
        if (string.IsNullOrWhiteSpace(diff))
        {
            return "The agents changed nothing.";
        }

        Step? last = steps.LastOrDefault(step => Team.Loop.Any(role => role.Name == step.Agent));
        return last?.Agent != Team.Reviewer.Name ? "The reviewer has not seen the last change."
            : !Verdict.IsApproved(last.Answer) ? "The reviewer did not approve the change."
            : null;
    }
}
