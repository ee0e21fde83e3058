using CsCheck;

namespace ArchRouter.Tests.Matching.Remote;

public class RouteAnswerTests
{
    private static readonly PolicySet Policies = new([new("code", "C"), new("customer's", "D"), new("a \"b\" \\ c", "E"), new("日本", "F"), new("code}x", "G")]);

    private static string? Read(string text)
    {
        RouteAnswer answer = RouteAnswer.Read(text, Policies);
        return !answer.IsNamed ? null : answer.Policy < 0 ? "other" : Policies[answer.Policy].Name;
    }

    [Theory]
    [InlineData("""{"route": "code"}""", "code")]
    [InlineData("""{"route":"other"}""", "other")]
    [InlineData(" \n{ \"route\" : \"code\" }\n ", "code")]
    [InlineData("```json\n{\"route\": \"code\"}\n```", "code")]
    [InlineData("```\n{\"route\": \"code\"}```", "code")]
    [InlineData("```json\n{\"route\": \"code\"", "code")]
    [InlineData("""{'route': 'code'}""", "code")]
    [InlineData("""{'route': 'code'}\n""", "code")]
    [InlineData("""{'route': "customer's"}""", "customer's")]
    [InlineData("""{'route': 'customer\'s'}""", "customer's")]
    [InlineData("""{"route": "customer's"}""", "customer's")]
    [InlineData("""{"route": "customer\u0027s"}""", "customer's")]
    [InlineData("""{"route": "a \"b\" \\ c"}""", "a \"b\" \\ c")]
    [InlineData("""{"route": "\u65e5\u672c"}""", "日本")]
    [InlineData("""{"route": "日本"}""", "日本")]
    [InlineData("""{"route": "code}x"}""", "code}x")]
    [InlineData("""{"route": "code" """, "code")]
    [InlineData("""{"route": ["code"]}""", "code")]
    [InlineData("""{"route": ["nope", "customer's", "code"]}""", "customer's")]
    [InlineData("""{"route": ['code', 'other']}""", "code")]
    public void Answer_IsRead(string text, string name)
    {
        Assert.Equal(name, Read(text));
        RouteAnswer answer = RouteAnswer.Read(text, Policies);
        Assert.True(text[answer.Name.End] is '"' or '\'');
    }

    [Theory]
    [InlineData("")]
    [InlineData("code")]
    [InlineData("The route is code.")]
    [InlineData("""The route is {"route": "code"}""")]
    [InlineData("""{"route": "code"} because it is""")]
    [InlineData("""{"route": "Code"}""")]
    [InlineData("""{"route": "nope"}""")]
    [InlineData("""{"route": ""}""")]
    [InlineData("""{"route": null}""")]
    [InlineData("""{'route': None}""")]
    [InlineData("""{"route": []}""")]
    [InlineData("""{"route": ["code" "code"]}""")]
    [InlineData("""{"route": ["code",""")]
    [InlineData("""{"route": [1]}""")]
    [InlineData("""{"route": 1}""")]
    [InlineData("""{"route": "cod""")]
    [InlineData("""{"route": "co\de"}""")]
    [InlineData("""{"route": "\u00zz"}""")]
    [InlineData("""{"route": "\u65""")]
    [InlineData("""{"route": "code\""")]
    [InlineData("""{"route": "code", "reason": "x"}""")]
    [InlineData("""{"name": "code"}""")]
    [InlineData("""{"route" "code"}""")]
    [InlineData("""{}""")]
    [InlineData("{")]
    [InlineData("```")]
    public void AnythingElse_NamesNothing(string text) => Assert.Null(Read(text));

    [Fact]
    public void AnyText_IsReadWithoutAnError() =>
        Gen.OneOf(Gen.String, Gen.OneOf("{\"route\": \"code\"}", "{'route': ['a\\u0041', 'code']}", "```json\n{\"route\": null}\n```")
            .SelectMany(s => Gen.Int[0, s.Length].SelectMany(at => Gen.Char.Select(c => s[..at] + c + s[at..]))))
            .Sample(text => RouteAnswer.Read(text, Policies).Policy < Policies.Count);
}
