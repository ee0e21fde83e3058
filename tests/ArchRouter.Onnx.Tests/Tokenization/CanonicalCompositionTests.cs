using System.Text;
using CsCheck;

namespace ArchRouter.Onnx.Tests;

/// <summary>Our normalization against the platform's, which these tests have and slim containers do not.</summary>
public sealed class CanonicalCompositionTests
{
    private static readonly int[] Characters = [.. Enumerable.Range(0, 0x110000).Where(code => Rune.IsValid(code) && (code & 0xFFFE) != 0xFFFE && code is not (>= 0xFDD0 and <= 0xFDEF) && Knows(code))];

    [Fact]
    public void Compose_EqualsThePlatformForEveryCharacter() =>
        Assert.All(Characters.Select(code => new Rune(code).ToString()), text => Assert.Equal(text.Normalize(), Apply(text)));

    [Fact]
    public void Compose_EqualsThePlatformForMixedText()
    {
        int[] lively = [.. Characters.Where(code => code is (>= 0x1100 and < 0x1200) or (>= 0xAC00 and < 0xAC40) || CanonicalData.Instance.IsUnsettled(code) || CanonicalData.Instance.DecompositionOf(code) is not null), 'a', 'e', ' '];
        Gen.OneOf(lively).Array[0, 12].Sample(
            codes =>
            {
                string text = string.Concat(codes.Select(code => new Rune(code).ToString()));
                Assert.Equal(text.Normalize(), Apply(text));
            },
            iter: 20_000);
    }

    private static string Apply(string text) => CanonicalComposition.IsSettled(text) ? text : CanonicalComposition.Compose(text);

    // The platform may know characters that are newer than the table. What the table lists must then not be all, but never wrong.
    private static bool Knows(int code) =>
        new Rune(code).ToString() is var text && (text.Normalize(NormalizationForm.FormD) == text || code is >= 0xAC00 and <= 0xD7A3 || CanonicalData.Instance.DecompositionOf(code) is not null);
}
