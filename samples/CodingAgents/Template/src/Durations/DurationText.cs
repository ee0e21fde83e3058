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
}
