namespace QuickStart;

/// <summary>What the sample asks. A conversation alternates user and assistant and ends with the user.</summary>
internal static class SampleRequests
{
    public static readonly IReadOnlyList<string[]> All =
    [
        ["Should a chat app keep messages in one table per room or one big table? Sketch the architecture."],
        ["How would you split a monolithic shop into services without a big rewrite?"],
        ["What does this do? var q = xs.GroupBy(x => x.Key).ToDictionary(g => g.Key, g => g.Sum(x => x.Amount));"],
        ["Explain how the retry logic in the method below works: while (n-- > 0) try { return f(); } catch (IOException) { Thread.Sleep(100); }"],
        ["Write a C# extension method that chunks an IAsyncEnumerable into batches of n."],
        ["Create a React component with a searchable drop-down list."],
        ["I get a NullReferenceException in OrderService.Ship line 42 since yesterday's deploy. What is wrong?"],
        ["The build fails with CS0246: The type or namespace name 'Polly' could not be found."],
        ["Write a query that gives the three best customers of each region in the last quarter."],
        ["Write an e-mail to our supplier asking politely why the delivery is two weeks late."],
        ["Translate into German: The meeting has been moved to Thursday afternoon."],
        ["Write a Python function that parses ISO dates.", "def parse(s): return datetime.fromisoformat(s)", "now the same in Rust"],
        ["Hi there, how is your day going?"],
        ["What is the best way to roast chestnuts in the oven?"],
    ];
}
