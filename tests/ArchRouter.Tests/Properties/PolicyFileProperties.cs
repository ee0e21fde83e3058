using ArchRouter.Tests.Policies.Files;
using CsCheck;

namespace ArchRouter.Tests.Properties;

public class PolicyFileProperties
{
    private static readonly Gen<string> Snippet = Gen.OneOf(
        Gen.String[0, 6],
        Gen.OneOf(
            "\n", "\t", " ", ":", "- ", "{", "}", "[", "]", ",", "\"", "'", "#", "&a ", "*a", "!!int ", "|\n", ">-\n", "---\n", "...\n", "? ", "<<: ", "%YAML 9.9\n",
            "\0", "\ud800", "\\ud800", "\uFEFF", "\u0085", "null", "~", "1e999", ".nan", "-1", "true", "/*", "//", "other", "fast", "to: ", "@", "`", "\\"));

    private static Gen<string> Mutated(string text) =>
        from changes in Gen.Select(Gen.Int[0, text.Length], Gen.Int[0, 12], Snippet).Array[1, 6]
        select changes.Aggregate(text, (current, change) =>
        {
            int at = Math.Min(change.Item1, current.Length);
            return current.Remove(at, Math.Min(change.Item2, current.Length - at)).Insert(at, change.Item3);
        });

    [Theory]
    [InlineData(PolicyFileFormat.Yaml)]
    [InlineData(PolicyFileFormat.Json)]
    public void MutatedFile_LoadsOrIsReported(PolicyFileFormat format) =>
        Mutated(format == PolicyFileFormat.Yaml ? SamplePolicies.Yaml : SamplePolicies.Json).Sample(text => LoadsOrIsReported(text, format), iter: 4_000);

    [Theory]
    [InlineData(PolicyFileFormat.Yaml)]
    [InlineData(PolicyFileFormat.Json)]
    public void AnyText_LoadsOrIsReported(PolicyFileFormat format) =>
        Snippet.Array[0, 40].Select(string.Concat).Sample(text => LoadsOrIsReported(text, format), iter: 4_000);

    /// <summary>Any other exception fails the test.</summary>
    private static void LoadsOrIsReported(string text, PolicyFileFormat format)
    {
        try
        {
            Assert.NotEmpty(PolicyFile.Parse(text, format, "f").Default.Fallback);
        }
        catch (RouteTableException error)
        {
            Assert.NotEmpty(error.Problems);
            Assert.All(error.Problems, p => Assert.StartsWith("f", p.Location, StringComparison.Ordinal));
        }
    }
}
