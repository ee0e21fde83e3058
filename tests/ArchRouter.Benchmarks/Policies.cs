namespace ArchRouter.Benchmarks;

/// <summary>Policies and requests that the benchmarks share.</summary>
internal static class Policies
{
    public const string Request = "Write a C# method that removes duplicate lines from a file.";

    private static readonly string[] Topics =
    [
        "writing new code from a description", "explaining existing code", "designing software before it is written", "finding and fixing errors",
        "writing SQL queries", "drafting e-mails", "translating texts", "summarising documents", "planning trips", "answering questions about invoices",
        "reviewing contracts", "preparing presentations", "solving maths exercises", "writing unit tests", "configuring servers",
    ];

    private static readonly string[] Scopes =
    [
        "", " for beginners", " in large companies", " under time pressure", " with strict privacy rules", " in several languages", " for mobile apps",
        " for the public sector", " with few resources", " in research",
    ];

    public static IEnumerable<RoutePolicy> Take(int count) => Enumerable.Range(0, count).Select(i =>
        new RoutePolicy($"policy_{i + 1}", $"Requests about {Topics[i % Topics.Length]}{Scopes[i / Topics.Length]}"));

    public static RouteTable Table(int count) => RouteTable.Create(routes =>
    {
        foreach (RoutePolicy policy in Take(count))
        {
            routes.Route(policy.Name, policy.Description, to: "strong");
        }

        routes.Fallback("fast");
    });

    public static RouteContext Context(string text = Request) => new()
    {
        Conversation = new ConversationWindow([new(ConversationRole.User, text)]),
    };
}
