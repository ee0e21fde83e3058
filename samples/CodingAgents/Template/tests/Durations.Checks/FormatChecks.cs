namespace Durations.Checks;

internal static class FormatChecks
{
    public static void LeavesOutPartsThatAreZero() => Check.Equal("1h 35m", DurationText.Format(TimeSpan.FromMinutes(95)));

    public static void CountsDays() => Check.Equal("2d 1s", DurationText.Format(new TimeSpan(2, 0, 0, 1)));

    public static void WritesZeroAsSeconds() => Check.Equal("0s", DurationText.Format(TimeSpan.Zero));

    public static void RefusesNegativeDurations() => Check.Throws<ArgumentOutOfRangeException>(() => DurationText.Format(TimeSpan.FromSeconds(-1)));
}
