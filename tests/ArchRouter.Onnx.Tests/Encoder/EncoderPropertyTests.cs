using CsCheck;

namespace ArchRouter.Onnx.Tests;

public sealed class EncoderPropertyTests
{
    private static readonly string[] Parts =
    [
        "a", " ", "\n", "\0", "\u001c", "\ud83d", "\ude42", "🙂", "é", "e\u0301", "한국어", "日本語", "[SEP]", "</routes>", "\u200b", "\ufffd", "\u2028", "word ", "…",
    ];

    private static readonly Gen<string> AnyPart = Gen.Int[0, Parts.Length - 1].Select(i => Parts[i]);

    private static readonly Gen<string> AnyText = Gen.OneOf(
        Gen.String,
        AnyPart.Array[0, 60].Select(string.Concat),
        Gen.Select(AnyPart, Gen.Int[1, 400], (part, times) => string.Concat(Enumerable.Repeat(part, times))));

    private static readonly Gen<ConversationMessage> Message = Gen.Select(Gen.Bool, AnyText, (user, text) =>
        new ConversationMessage(user ? ConversationRole.User : ConversationRole.Assistant, text));

    private static readonly string[] NameParts =
    [
        "a", "Z", "9", " ", "_", ".", "-", "\"", "'", "\\", "{", "%", "/", "🙂", "👩‍💻", "é", "e\u0301", "ß", "İ", "日本語", "한", "[SEP]", "##a", "code", "Review",
    ];

    private static readonly Gen<string> NamePart = Gen.Int[0, NameParts.Length - 1].Select(i => NameParts[i]);

    private static readonly Gen<(string Name, string Description)> Policy = Gen.Select(
        NamePart.Array[0, 10].Select(string.Concat), NamePart.Array[0, 40].Select(string.Concat));

    /// <summary>Numbered, because names must differ, may not be blank and may not be "other".</summary>
    private static readonly Gen<RouteTable> Table = Policy.Array[1, 30].Select(policies => RouteTable.Create(table =>
    {
        for (int i = 0; i < policies.Length; i++)
        {
            table.Route($"{policies[i].Name} {i}".Trim(), $"{policies[i].Description} {i}", to: "x");
        }

        table.Fallback("y");
    }));

    private static readonly PreferenceRouter Router = new(
        new RouteTables(RouteTable.Create(table => table.Fallback("y"))), Bundled.Engine, new RouterOptions { Deadline = Timeout.InfiniteTimeSpan });

    [Fact]
    public void RouteAsync_DecidesForAnyTableAndConversation() => Gen.Select(Table, Message.Array[0, 4]).Sample(
        (table, messages) =>
        {
            var conversation = new ConversationWindow(messages);
            Assert.True(IsDistribution(conversation, table.Policies));

            RoutingDecision decision = Decide(table, conversation);

            RoutingOutcome[] possible = conversation.HasRequest ? [RoutingOutcome.Matched, RoutingOutcome.NoMatch] : [RoutingOutcome.NoUserMessage];
            Assert.Contains(decision.Outcome, possible);
            Assert.Equal(decision.Outcome == RoutingOutcome.Matched, decision.Policy is not null);
            Assert.True(decision.Policy is null || table.Policies.IndexOf(decision.Policy) >= 0, decision.Policy);

            RoutingDecision again = Decide(table, conversation);
            Assert.Equal((decision.Outcome, decision.Policy, decision.Probability, decision.Margin), (again.Outcome, again.Policy, again.Probability, again.Margin));
        },
        iter: 25,
        threads: 2);

    [Fact]
    public void ScoreAsync_GivesADistributionForAnyText() => Message.Array[0, 8].Sample(
        messages => IsDistribution(new ConversationWindow(messages)), iter: 400, threads: 2);

    [Theory]
    [InlineData("x")]
    [InlineData("word ")]
    [InlineData("🙂")]
    [InlineData(null)]
    [InlineData(" ")]
    [InlineData("é")]
    public void ScoreAsync_ReadsAMegabyteFromItsEnds(string? part)
    {
        // A lone surrogate does not survive as a test argument.
        part ??= "\ud83d";
        string text = string.Concat(Enumerable.Repeat(part, (1 << 20) / part.Length));
        var conversation = new ConversationWindow([.. Enumerable.Repeat(new ConversationMessage(ConversationRole.User, text), 5)]);
        Assert.True(IsDistribution(conversation));

        int length = 0;
        long allocated = Allocations.Of(() =>
        {
            var buffer = new TextBuffer(16_384);
            ConversationText.Write(conversation, Bundled.Limits, ref buffer);
            length = buffer.Text.Length;
            buffer.Dispose();
        });

        Assert.InRange(length, 0, 8_192);
        Assert.InRange(allocated, 0, 1_024);
    }

    private static RoutingDecision Decide(RouteTable table, ConversationWindow conversation) =>
        Router.RouteAsync(new RouteContext { Table = table, Conversation = conversation }).AsTask().GetAwaiter().GetResult();

    private static bool IsDistribution(ConversationWindow conversation, PolicySet? policies = null)
    {
        var request = new RouterRequest(policies ?? GoldenFile.Instance.Cases[0].PolicySet, conversation);
        PolicyScores scores = Bundled.Engine.ScoreAsync(request).AsTask().GetAwaiter().GetResult();
        return scores.Probabilities.Append(scores.Other).All(p => p is >= 0 and <= 1) && Math.Abs(scores.Probabilities.Sum() + scores.Other - 1) < 1e-9;
    }
}
