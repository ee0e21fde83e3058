using ArchRouter;

namespace CodingAgents;

/// <summary>Which work goes to which model. Nothing here knows the agents: the policies say what is asked for, and each step is matched by its request.</summary>
internal static class CodingPolicies
{
    public const string Fast = "fast";
    public const string Strong = "strong";

    public static void Add(RouteTableBuilder routes) => routes
        .Route("code_design", "Designing software before it is written: architecture, methods and signatures, where a feature belongs, trade-offs", to: Strong)
        .Route("code_understanding", "Explaining existing code: what a given function, class or code base does and how it works", to: Fast)
        .Route("code_generation", "Writing code: implementing functions, classes, features and their tests from a design or description", to: Strong, orElse: [Fast])
        .Route("code_review", "Reviewing a change or diff: whether it does what was asked, missing cases and tests, approving it or asking for changes", to: Fast, orElse: [Strong])
        .Route("debugging", "Finding and fixing errors: crashes, exceptions and stack traces, failing builds, wrong output", to: Strong, orElse: [Fast])
        .Fallback(Fast);
}
