using ArchRouter;

namespace RouterModel;

/// <summary>The policies and requests of the sample.</summary>
internal static class SampleRoutes
{
    public static readonly string[] Requests =
    [
        "Write a C# method that removes duplicate lines from a file.",
        "What does this regular expression match: ^a+$",
        "Should orders and invoices share a table?",
        "Good morning!",
    ];

    public static RouteTable Table => RouteTable.Create(routes => routes
        .Route("code_generation", "Writing new functions, classes, scripts or tests from a description", to: "strong")
        .Route("code_understanding", "Explaining, summarising or answering questions about existing code", to: "fast")
        .Route("code_design", "Designing software before it is written: architecture, data models, trade-offs", to: "strong")
        .Fallback("fast"));
}
