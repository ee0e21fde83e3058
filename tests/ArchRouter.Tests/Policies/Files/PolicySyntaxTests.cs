using System.Text;

namespace ArchRouter.Tests.Policies.Files;

public class PolicySyntaxTests
{
    [Theory]
    [InlineData("fallback: a\nroutes: [", "r.yaml:3:1", "not valid YAML")]
    [InlineData("fallback: a\nroutes:\n  - name: a\n to: b", "r.yaml:4:2", "not valid YAML")]
    [InlineData("fallback: 'a", "r.yaml:1:", "not valid YAML")]
    [InlineData("fallback: a\n---\nfallback: b", "r.yaml:2:1", "second YAML document")]
    [InlineData("fallback: &f a", null, null)]
    [InlineData("fallback:\n  to: &f a\n  orElse: *f", "r.yaml:3:11", "aliases are not supported")]
    [InlineData("fallback: !!str a", "r.yaml:1:11", "tags are not supported")]
    [InlineData("[a]: b", "r.yaml:1:1", "A key is a list.")]
    [InlineData("# nothing\n", "r.yaml", "The file is empty.")]
    public void Yaml_IsReportedWithItsLine(string yaml, string? location, string? message)
    {
        if (location is null)
        {
            Assert.Equal("a", PolicyFile.Parse(yaml, PolicyFileFormat.Yaml, "r.yaml").Default.Fallback[0].ServiceId);
            return;
        }

        RouteTableProblem problem = Assert.Single(SamplePolicies.ProblemsOf(yaml));
        Assert.StartsWith(location, problem.Location, StringComparison.Ordinal);
        Assert.Contains(message!, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\n  \"fallback\": \"a\",\n  \"é😀\": }", "r.json:3:10", "not valid JSON")]
    [InlineData("{\"fallback\":\"a\"} {}", "r.json:1:18", "not valid JSON")]
    [InlineData("{\"fallback\":\"a\"", "r.json:1:16", "not valid JSON")]
    [InlineData("{\"fallback\":\"\\ud800\"}", "r.json:1:13", "surrogate")]
    [InlineData("{\"\\ud800\":\"a\"}", "r.json:1:2", "surrogate")]
    [InlineData("// nothing", "r.json:1:", "not valid JSON")]
    public void Json_IsReportedWithItsLineAndColumn(string json, string location, string message)
    {
        RouteTableProblem problem = Assert.Single(SamplePolicies.JsonProblemsOf(json));
        Assert.StartsWith(location, problem.Location, StringComparison.Ordinal);
        Assert.Contains(message, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Json_CountsColumnsInCharacters()
    {
        RouteTableProblem problem = Assert.Single(SamplePolicies.JsonProblemsOf("{\"fallback\": \"é😀\", \"x\": 1}"));

        Assert.Equal("r.json:1:21", problem.Location);
    }

    [Theory]
    [InlineData(PolicyFileFormat.Yaml)]
    [InlineData(PolicyFileFormat.Json)]
    public void DeepNesting_IsRefused(PolicyFileFormat format)
    {
        string text = "{\"routes\":" + new string('[', 10_000) + new string(']', 10_000) + "}";

        var error = Assert.Throws<RouteTableException>(() => PolicyFile.Parse(text, format, "deep"));

        Assert.StartsWith("deep:1:", Assert.Single(error.Problems).Location, StringComparison.Ordinal);
    }

    [Fact]
    public void AliasBomb_IsRefusedAtItsFirstAlias()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 40; i++)
        {
            bomb.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [*a{i - 1}, *a{i - 1}]\n");
        }

        Assert.Equal("r.yaml:2:10", Assert.Single(SamplePolicies.ProblemsOf(bomb.ToString())).Location);
    }

    [Fact]
    public void ParserMessage_IsKeptToOneShortLine()
    {
        string message = Assert.Single(SamplePolicies.JsonProblemsOf("{f\n" + new string('x', 5_000))).Message;

        Assert.InRange(message.Length, 1, 300);
        Assert.DoesNotContain('\n', message);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t")]
    [InlineData("\uFEFF")]
    public void EmptyText_IsReported(string text)
    {
        foreach (PolicyFileFormat format in Enum.GetValues<PolicyFileFormat>())
        {
            var error = Assert.Throws<RouteTableException>(() => PolicyFile.Parse(text, format, "empty"));
            Assert.StartsWith("empty", Assert.Single(error.Problems).Location, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TooLongText_IsRefused()
    {
        string text = "fallback: a #" + new string('x', PolicyText.MaxBytes);

        Assert.Contains("longer than 1048576 bytes", Assert.Single(SamplePolicies.ProblemsOf(text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void UndefinedFormat_IsAnArgumentError() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => PolicyFile.Parse("fallback: a", (PolicyFileFormat)7, "x"));

    [Fact]
    public void ByteOrderMark_IsPassedOver() =>
        Assert.Equal("a", PolicyFile.Parse("\uFEFFfallback: a", PolicyFileFormat.Yaml, "x").Default.Fallback[0].ServiceId);
}
