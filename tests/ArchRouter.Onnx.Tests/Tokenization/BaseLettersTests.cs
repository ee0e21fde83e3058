using System.Globalization;
using System.Text;

namespace ArchRouter.Onnx.Tests;

public sealed class BaseLettersTests
{
    [Fact]
    public void Decompose_EqualsCanonicalDecompositionWithoutMarks()
    {
        Rune[] bases = new Rune[4];

        // All of the basic plane, and the compatibility ideographs beyond it; both have been settled for years.
        foreach (Rune rune in Enumerable.Range(0, 0x10000).Concat(Enumerable.Range(0x2F800, 0x21E)).Where(Rune.IsValid).Select(code => new Rune(code)))
        {
            if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.OtherNotAssigned)
            {
                continue;
            }

            IEnumerable<Rune> expected = rune.ToString().Normalize(NormalizationForm.FormD).EnumerateRunes()
                .Where(part => Rune.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark);
            int count = BaseLetters.Decompose(rune, bases);

            Assert.True(expected.SequenceEqual(bases[..count]), $"U+{rune.Value:X4}");
        }
    }
}
