namespace CodingAgents;

/// <summary>The agents of the sample and the order in which they work where the model does not decide it.</summary>
internal static class Team
{
    /// <summary>What the user wants.</summary>
    public const string Task =
        "Task: the library Durations can write durations as text but not read them. Give DurationText Parse and TryParse, which read what Format writes. "
        + "Keep the style of the code and add checks.";

    public static readonly AgentRole Explainer = new(
        "explainer",
        "Explains code: how it works today, or what a change did.",
        "You are the explainer. You read the code with your tools and say plainly how it works. You change nothing.",
        MayWrite: false,
        MayRun: false,
        [
            "Explain how the code of this repository works today: what does DurationText do, and how are its checks written and run?",
            "Explain the finished code to somebody who reads it for the first time: what do Parse and TryParse do, and how do they work?",
        ]);

    public static readonly AgentRole Architect = new(
        "architect",
        "Designs a feature before it is written.",
        "You are the architect. You design: names, signatures, where things belong, which cases there are. You write no code.",
        MayWrite: false,
        MayRun: false,
        ["Design this feature before anyone writes code: which methods and signatures should DurationText get, where do they belong, and what are the trade-offs?"]);

    public static readonly AgentRole Coder = new(
        "coder",
        "Writes code and checks, builds them and runs the checks.",
        "You are the coder. You write code and checks with your tools, build, and run the checks until they pass. Then say in short what you did.",
        MayWrite: true,
        MayRun: true,
        [
            "Write the code for this design: implement Parse and TryParse, and write checks for them. Build, and run the tests.",
            "Write the code for what the reviewer asks for, with a check for it. Build, and run the tests.",
        ]);

    public static readonly AgentRole Reviewer = new(
        "reviewer",
        "Reviews the change and approves it or asks for one more.",
        "You are the reviewer. You read the diff with your tools and judge it. Ask for at most one change at a time. "
        + $"The last line of your answer is {Verdict.Approved} or begins with {Verdict.ChangeAsked}.",
        MayWrite: false,
        MayRun: true,
        [
            "Review the diff of this change: does it do what the task asks, and are cases or checks missing? Approve it or ask for one change.",
            "Review the diff again: does it now have the change that you asked for, and is anything else missing? Approve it or ask for one change.",
        ]);

    public static readonly IReadOnlyList<AgentRole> All = [Explainer, Architect, Coder, Reviewer];

    /// <summary>Who works before the loop.</summary>
    public static readonly IReadOnlyList<AgentRole> Opening = [Explainer, Architect];

    /// <summary>Who works again and again until the reviewer approves.</summary>
    public static readonly IReadOnlyList<AgentRole> Loop = [Coder, Reviewer];

    /// <summary>Who works at the end.</summary>
    public static readonly IReadOnlyList<AgentRole> Closing = [Explainer];
}
