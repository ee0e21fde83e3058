using System.Globalization;
using System.Text.RegularExpressions;

namespace ArchRouter;

/// <summary>Reads durations as people write them: <c>250ms</c>, <c>2s</c>, <c>1m</c>, <c>00:00:02</c> or <c>infinite</c>.</summary>
internal static partial class Durations
{
    public static bool TryParse(string text, out TimeSpan value)
    {
        if (text == "infinite")
        {
            value = Timeout.InfiniteTimeSpan;
            return true;
        }

        if (WithUnit().Match(text) is { Success: true } match)
        {
            double milliseconds = double.Parse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
                * match.Groups[2].Value switch { "ms" => 1, "s" => 1_000, _ => 60_000 };
            bool fits = milliseconds < TimeSpan.MaxValue.TotalMilliseconds;
            value = fits ? TimeSpan.FromMilliseconds(milliseconds) : TimeSpan.MaxValue;
            return fits;
        }

        value = default;
        return Clock().IsMatch(text) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value);
    }

    // Both are part of the schema too.
    [GeneratedRegex(@"^([0-9]+(?:\.[0-9]+)?)(ms|s|m)\z", RegexOptions.CultureInvariant)]
    private static partial Regex WithUnit();

    [GeneratedRegex(@"^(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?:\.[0-9]{1,7})?\z", RegexOptions.CultureInvariant)]
    private static partial Regex Clock();
}
