using System.Globalization;

namespace Durations;

/// <summary>Durations as short texts for people, such as <c>1h 35m</c>.</summary>
public static class DurationText
{
    private static readonly (string Unit, TimeSpan Length)[] Units =
    [
        ("d", TimeSpan.FromDays(1)),
        ("h", TimeSpan.FromHours(1)),
        ("m", TimeSpan.FromMinutes(1)),
        ("s", TimeSpan.FromSeconds(1)),
    ];

    /// <summary>Writes a duration in days, hours, minutes and seconds. Parts that are zero, and fractions of a second, are left out.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The duration is negative.</exception>
    public static string Format(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        List<string> parts = [];
        foreach ((string unit, TimeSpan length) in Units)
        {
            long count = duration.Ticks / length.Ticks;
            duration -= TimeSpan.FromTicks(count * length.Ticks);
            if (count > 0)
            {
                parts.Add($"{count}{unit}");
            }
        }

        return parts.Count == 0 ? "0s" : string.Join(' ', parts);
    }

    /// <summary>Reads what <see cref="Format"/> writes: parts such as <c>1h</c>, with a space between them.</summary>
    /// <exception cref="FormatException">The text is not a duration.</exception>
    public static TimeSpan Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out TimeSpan duration) ? duration : throw new FormatException($"'{text}' is not a duration such as '1h 35m'.");
    }

    /// <summary>Reads what <see cref="Format"/> writes; false if the text is not a duration.</summary>
    public static bool TryParse(string? text, out TimeSpan duration)
    {
        if (text is null)
        {
            return false;
        }

        TimeSpan sum = TimeSpan.Zero;
        foreach (string part in text.Split(' '))
        {
            int unit = Array.FindIndex(Units, u => part.EndsWith(u.Unit, StringComparison.Ordinal));
            if (unit < 0 || !long.TryParse(part[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out long count))
            {
                return false;
            }

            sum += TimeSpan.FromTicks(checked(count * Units[unit].Length.Ticks));
        }

        duration = sum;
        return true;
    }
}
