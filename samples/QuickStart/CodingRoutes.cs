using ArchRouter;

namespace QuickStart;

/// <summary>The policies of the sample: which work goes to which chat service.</summary>
internal static class CodingRoutes
{
    public static void Add(RouteTableBuilder routes) => routes
        .Route("code_design", "Designing software before it is written: architecture, data models, APIs, choice of technologies and their trade-offs", to: "strong")
        .Route("code_understanding", "Explaining existing code: what a given snippet, function, query or code base does and how it works", to: "fast")
        .Route("code_generation", "Writing new code: functions, classes, scripts, components or boilerplate from a description", to: "strong", orElse: ["fast"])
        .Route("debugging", "Finding and fixing errors: crashes, exceptions and stack traces, failing builds, wrong output", to: "strong", orElse: ["fast"])
        .Route("sql", "Writing or tuning SQL queries, joins, indexes and database schemas", to: "data")
        .Route("email_drafting", "Drafting, answering or rewording e-mails and other letters", to: "writer")
        .Route("translation", "Translating a text from one language into another", to: "writer")
        .Fallback("fast");
}
