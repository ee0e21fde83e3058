using CsCheck;

namespace ArchRouter.Tests.Matching.Remote;

public class AnswerProbabilitiesTests
{
    private static readonly PolicySet Policies = new([new("code", "C"), new("code_review", "D"), new("chat", "E")]);

    private static PolicyScores Of(string text, params TokenLogProbability[]? tokens) =>
        AnswerProbabilities.Of(RouteAnswer.Read(text, Policies), text, tokens, Policies, "m");

    private static TokenLogProbability Token(string text, double probability, params (string Text, double Probability)[] others) =>
        new(text, Math.Log(probability), [.. others.Append((text, probability)).Select(o => new TokenLogProbability(o.Item1, Math.Log(o.Item2)))]);

    private static void AssertScores(PolicyScores scores, params double[] expected) =>
        Assert.Equal(expected.Select(p => Math.Round(p, 6)), scores.Probabilities.Append(scores.Other).Select(p => Math.Round(p, 6)));

    [Fact]
    public void WithoutTokens_TheAnswerHasTheAssumedProbability()
    {
        AssertScores(Of("""{"route": "chat"}""", null), 0.033333, 0.033333, 0.9, 0.033333);
        AssertScores(Of("""{"route": "other"}""", null), 0.033333, 0.033333, 0.033333, 0.9);
        AssertScores(Of("rubbish", Token("rubbish", 0.1)), 0.033333, 0.033333, 0.033333, 0.9);
        Assert.Equal(RouterTier.RouterModel, Of("", null).Tier);
    }

    [Fact]
    public void Name_HasTheProductOfItsTokens_AndTheRestIsSpread() =>
        AssertScores(
            Of("""{"route": "chat"}""", Token("{\"", 0.5), Token("route\": \"", 0.5), Token("ch", 0.8), Token("at", 0.9), Token("\"}", 1)),
            (1 - 0.72) / 3, (1 - 0.72) / 3, 0.72, (1 - 0.72) / 3);

    [Fact]
    public void ClosingQuote_TellsANameFromALongerOne() =>
        AssertScores(Of("""{"route": "code"}""", Token("{\"route\": \"", 1), Token("code", 1), Token("\"}", 0.7, ("_review", 0.3))), 0.7, 0.3, 0, 0);

    [Fact]
    public void Alternatives_GoToTheNamesThatCouldFollow() =>
        AssertScores(
            Of("""{"route": "chat"}""", Token("{\"route\":", 1), Token(" \"c", 1), Token("hat", 0.6, ("ode", 0.3), ("xx", 0.06)), Token("\"}", 1)),
            0.15 + (0.1 / 3), 0.15 + (0.1 / 3), 0.6, 0.1 / 3);

    [Fact]
    public void Alternative_MayBeOther() =>
        AssertScores(Of("""{'route': 'chat'}""", Token("{'route': '", 1), Token("chat'", 0.6, ("other", 0.4), ("", 0.1)), Token("}", 1)), 0, 0, 0.6, 0.4);

    [Fact]
    public void UnsureAnswer_StaysTheMostProbable() =>
        AssertScores(Of("""{"route": "chat"}""", Token("{\"route\": \"chat\"}", 0.1)), 0.225, 0.225, 0.325, 0.225);

    [Fact]
    public void TokensAfterTheText_DoNotCount() =>
        AssertScores(Of("""{"route": "chat" """, Token("{\"route\": \"", 1), Token("chat", 0.7), Token("\" ", 1), Token("}", 0.1), Token("<|im_end|>", 0.1)), 0.1, 0.1, 0.7, 0.1);

    [Fact]
    public void TokensThatDoNotSpellTheText_CountAsAWhole() =>
        AssertScores(Of("""{"route": "chat"}""", Token("\ufffd", 0.7), Token("\ufffd", 1)), 0.1, 0.1, 0.7, 0.1);

    [Fact]
    public void NumbersThatAreNone_AreNotUsed()
    {
        AssertScores(Of("""{"route": "chat"}""", new TokenLogProbability("chat", double.NaN)), 0.033333, 0.033333, 0.9, 0.033333);
        AssertScores(Of("""{"route": "chat"}""", []), 0.033333, 0.033333, 0.9, 0.033333);
        AssertScores(Of("""{"route": "chat"}""", new TokenLogProbability("{\"route\": \"chat\"}", double.NegativeInfinity)), 0.25, 0.25, 0.25, 0.25);
    }

    [Fact]
    public void AnyTokens_GiveADistribution() =>
        Gen.Select(
            Gen.OneOf("""{"route": "chat"}""", """{"route": "code"}""", """{'route': ['other']}""", "chat"),
            Gen.Select(
                Gen.Int[1, 6],
                Gen.OneOf(Gen.Double[-20, 0.001], Gen.OneOf(double.NaN, double.NegativeInfinity, -9999, 5)),
                Gen.Select(Gen.OneOf("code", "c", "other\"", "\"", "x"), Gen.OneOf(Gen.Double[-5, 0], Gen.OneOf(double.NaN, 3, double.PositiveInfinity))).List[0, 4]).List[1, 20])
            .Sample((text, cuts) =>
            {
                List<TokenLogProbability> tokens = [];
                int at = 0;
                foreach ((int length, double p, List<(string, double)> others) in cuts)
                {
                    int next = Math.Min(text.Length, at + length);
                    tokens.Add(new(text[at..next], p, [.. others.Select(o => new TokenLogProbability(o.Item1, o.Item2))]));
                    at = next;
                }

                // The constructor checks that it is one.
                PolicyScores scores = AnswerProbabilities.Of(RouteAnswer.Read(text, Policies), text, tokens, Policies, "m");
                return scores.Probabilities.Count == Policies.Count;
            });
}
