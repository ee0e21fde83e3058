#!/usr/bin/env dotnet
#:project ../../src/ArchRouter.Onnx
// Made from notebooks/02-write-and-measure-policies.ipynb; change the notebook, not this file. notebooks/README.md says how.

using ArchRouter;
using ArchRouter.Onnx;

// # Write policies, measure them, improve them
//
// Policies are text, and text can be measured: label some requests with the policy that they should get, route them, count. This notebook does it for a
// table of five policies; the requests were written for it.

// ## Labelled requests
//
// A dozen a policy is a start; take real ones where you have them. `other` marks what no policy should get, near misses among them.
string labelled = """
    it_support        | My laptop does not connect to the wireless network any more
    it_support        | I forgot the password of my mailbox
    it_support        | The printer on the second floor is out of toner
    it_support        | Please install the new video editor on my machine
    it_support        | The mail program on my computer crashes when it starts
    it_support        | The keyboard of my laptop has stopped working
    it_support        | My screen stays black after the update
    it_support        | My account is locked after three wrong passwords
    travel            | Book me a flight to Lisbon on Tuesday morning
    travel            | Which hotel near the fair has free rooms next week?
    travel            | I have to move my train to Munich to Thursday
    travel            | Do I need a visa for a conference in Brazil?
    travel            | Rent a car for three days in Denver
    travel            | What is the fastest way from the airport to the office in Oslo?
    travel            | Cancel my room in Vienna
    travel            | Book a return flight to Madrid for two people
    contracts         | What does the clause on liability in this agreement mean?
    contracts         | How long is the notice period in our lease?
    contracts         | Compare the two versions of the supplier contract
    contracts         | May the customer pass our licence on to a subsidiary?
    contracts         | Draft a confidentiality agreement for a freelancer
    contracts         | Is this indemnity clause usual?
    contracts         | Which law governs the agreement with the reseller?
    contracts         | Shorten the warranty section of this contract
    expenses          | Hand in the receipt for yesterday's dinner with a client
    expenses          | Why was my claim for the taxi refused?
    expenses          | How much may I spend on a meal abroad?
    expenses          | When will I be paid back for the train tickets?
    expenses          | I lost the receipt of the hotel, what now?
    expenses          | Add the mileage of last week to my claim
    expenses          | Is a headset covered by the equipment allowance?
    expenses          | Show my open reimbursements
    data_analysis     | Plot the sales of this year by region
    data_analysis     | Which product lost most customers since May?
    data_analysis     | Calculate the average order value per month
    data_analysis     | Is there a correlation between price and returns in this table?
    data_analysis     | Forecast the revenue of the next quarter
    data_analysis     | Find outliers in the column of delivery times
    data_analysis     | Summarise this spreadsheet in three charts
    data_analysis     | How many of the orders came from new customers?
    other             | Tell me a joke about penguins
    other             | Good morning!
    other             | Who won the world cup in 1998?
    other             | Write a poem for my sister's birthday
    other             | How do I cook risotto?
    other             | What is the meaning of the word serendipity?
    other             | Recommend a book about the Roman Empire
    other             | Thanks, that was all
    other             | Which laptop should I buy for my daughter?
    other             | Plan a family holiday in Spain
    other             | What is the average temperature in Rome in July?
    other             | How much does a new kitchen cost?
    other             | Who was the first lawyer to become president?
    other             | Explain how a printing press works
    """;
(string Label, string Text)[] cases =
[
    .. labelled.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
        .Select(parts => (parts[0], parts[1])),
];
Console.WriteLine($"{cases.Length} requests: {string.Join(", ", cases.GroupBy(c => c.Label).Select(g => $"{g.Count()} {g.Key}"))}");

// ## A first try
//
// Short names and two or three words each, as one writes them in a hurry.
RouteTable first = RouteTable.Create(routes => routes
    .Route("it_support", "Technical things", to: "helpdesk")
    .Route("travel", "Trips", to: "fast")
    .Route("contracts", "Legal matters", to: "private")
    .Route("expenses", "Money", to: "fast")
    .Route("data_analysis", "Numbers and money", to: "strong")
    .Fallback("fast"));
EncoderRouterEngine engine = EncoderRouterEngine.LoadBundled();

async Task<List<(string Label, string Answer, RoutingDecision Decision)>> RouteAllAsync(RouteTable table)
{
    PreferenceRouter router = new(new RouteTables(table), engine);
    List<(string, string, RoutingDecision)> answers = [];
    foreach ((string label, string text) in cases)
    {
        RoutingDecision decision = await router.RouteAsync(new RouteContext { Conversation = new ConversationWindow([new(ConversationRole.User, text)]) });
        answers.Add((label, decision.Policy ?? RoutePolicy.Other, decision));
    }

    return answers;
}

var before = await RouteAllAsync(first);
Console.WriteLine($"right: {before.Count(a => a.Answer == a.Label)} of {before.Count}");

// ## Where it goes wrong
//
// A row is a label, a column an answer. What stands off the diagonal says which two policies to tell apart.
string[] names = [.. first.Policies.Select(p => p.Name), RoutePolicy.Other];

void Confusion(List<(string Label, string Answer, RoutingDecision Decision)> answers)
{
    Console.WriteLine($"{"",-14}{string.Concat(names.Select(n => $"{n,14}"))}");
    foreach (string label in names)
    {
        Console.WriteLine($"{label,-14}{string.Concat(names.Select(n => $"{answers.Count(a => a.Label == label && a.Answer == n),14}"))}");
    }
}

Confusion(before);

// ## One request under the glass
//
// The bars are all that the router model said of it.
string Bars(string title, IReadOnlyList<PolicyProbability> alternatives)
{
    IEnumerable<string> rows = alternatives.Select((a, i) => FormattableString.Invariant(
        $"""
        <text x="130" y="{52 + (i * 26)}" text-anchor="end">{a.Name}</text><rect x="138" y="{38 + (i * 26)}" width="{a.Probability * 400:F1}" height="18" fill="#4477aa"/><text x="{144 + (a.Probability * 400):F1}" y="{52 + (i * 26)}">{a.Probability:0.00}</text>
        """));
    return $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 {50 + (alternatives.Count * 26)}" width="600" font-family="sans-serif" font-size="13" fill="#333333">
        <rect width="600" height="{50 + (alternatives.Count * 26)}" fill="#ffffff"/><text x="12" y="22" font-weight="bold">{title}</text>
        {string.Join('\n', rows)}
        </svg>
        """;
}

int taxi = Array.FindIndex(cases, c => c.Text.Contains("taxi"));
Bars(cases[taxi].Text, before[taxi].Decision.Alternatives).DisplayAs("image/svg+xml");

// ## Better descriptions
//
// Say what people ask for, in the words that they use, and what sets neighbours apart. The bindings stay as they are.
RouteTable second = RouteTable.Create(routes => routes
    .Route("it_support", "Problems with computers, phones, printers, software, passwords, network and access rights at work", to: "helpdesk")
    .Route("travel", "Planning, booking, changing or cancelling business trips: flights, trains, hotels, rental cars, visas, getting there", to: "fast")
    .Route("contracts", "Reading, comparing or drafting contracts, leases, licences and their clauses", to: "private")
    .Route("expenses", "Claiming money back: receipts, reimbursements, allowances, mileage, why a claim was refused", to: "fast")
    .Route("data_analysis", "Analysing business figures: charts, averages, forecasts, trends and counts from tables of sales, orders or customers", to: "strong")
    .Fallback("fast"));
var after = await RouteAllAsync(second);
Console.WriteLine($"right: {before.Count(a => a.Answer == a.Label)} before, {after.Count(a => a.Answer == a.Label)} after, of {after.Count}");
Confusion(after);
Bars(cases[taxi].Text, after[taxi].Decision.Alternatives).DisplayAs("image/svg+xml");

// ## How sure must it be?
//
// `.Thresholds(minimumProbability: p)` leaves to the fallback what is less probable than `p`. *Routed* is the share of requests that still go to a policy, *right*
// how many of those are right. The curve is both for every `p`: further right means more is routed, further up means less goes wrong.
(double Routed, double Right) At(List<(string Label, string Answer, RoutingDecision Decision)> answers, double threshold)
{
    var routed = answers.Where(a => a.Answer != RoutePolicy.Other && a.Decision.Probability >= threshold).ToList();
    return ((double)routed.Count / answers.Count, routed.Count == 0 ? 1 : (double)routed.Count(a => a.Answer == a.Label) / routed.Count);
}

Console.WriteLine("  p     before: routed, right    after: routed, right");
foreach (double p in new[] { 0, 0.5, 0.7, 0.9 })
{
    ((double routedBefore, double rightBefore), (double routedAfter, double rightAfter)) = (At(before, p), At(after, p));
    Console.WriteLine(FormattableString.Invariant($"{p:0.00}  {routedBefore,14:0.00} {rightBefore,8:0.00} {routedAfter,14:0.00} {rightAfter,8:0.00}"));
}

string Curve(List<(string Label, string Answer, RoutingDecision Decision)> answers, string colour)
{
    IEnumerable<string> points = Enumerable.Range(0, 20).Select(i => At(answers, i * 0.05)).Select(point => FormattableString.Invariant($"{50 + (point.Routed * 400):F1},{250 - ((point.Right - 0.5) * 400):F1}"));
    return $"""<polyline points="{string.Join(' ', points)}" fill="none" stroke="{colour}" stroke-width="2"/>""";
}

$"""
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 300" width="600" font-family="sans-serif" font-size="13" fill="#333333">
<rect width="600" height="300" fill="#ffffff"/>
<path d="M50 50V250H450" fill="none" stroke="#999999"/>
<text x="44" y="54" text-anchor="end">1</text><text x="44" y="254" text-anchor="end">0.5</text><text x="450" y="270" text-anchor="end">1</text>
<text x="250" y="288" text-anchor="middle">share routed</text><text x="50" y="36" text-anchor="middle">right</text>
<text x="470" y="90" fill="#aa3377">before</text><text x="470" y="110" fill="#4477aa">after</text>
{Curve(before, "#aa3377")}
{Curve(after, "#4477aa")}
</svg>
""".DisplayAs("image/svg+xml");

// ## Keep it
//
// The table as a policy file is what the application loads, with `AddPolicyFile("routes.yaml")`; the labelled requests make a test of it. Equal content has
// an equal version, so a decision in a log says by which table it was made.
string yaml = $"""
    fallback: fast
    routes:
    {string.Join('\n', second.Policies.Select(p => $"  - {{ name: {p.Name}, description: \"{p.Description}\", to: {second.TargetsOf(p.Name)[0]} }}"))}
    """;
RouteTable loaded = PolicyFile.Parse(yaml, PolicyFileFormat.Yaml, "routes.yaml").Default;
Console.WriteLine(yaml);
Console.WriteLine($"the same table: {loaded.Version == second.Version}");
engine.Dispose();

/// <summary>What a notebook shows in place, written to a file here.</summary>
internal static class NotebookDisplay
{
    private static int s_pictures;

    public static void DisplayAs(this string content, string mimeType)
    {
        string file = Path.Combine(Path.GetTempPath(), $"archrouter-02-write-and-measure-policies-{++s_pictures}.svg");
        File.WriteAllText(file, content);
        Console.WriteLine($"{mimeType}: {file}");
    }
}
