namespace Durations.Checks;

internal static class ParseChecks
{
    public static void ReadsOnePart() => Check.Equal(TimeSpan.FromMinutes(5), DurationText.Parse("5m"));

    public static void ReadsWhatFormatWrites()
    {
        TimeSpan duration = new(2, 3, 0, 59);
        Check.Equal(duration, DurationText.Parse(DurationText.Format(duration)));
    }

    public static void ReadsZero() => Check.Equal(TimeSpan.Zero, DurationText.Parse("0s"));

    public static void RefusesTextThatIsNoDuration() => Check.Throws<FormatException>(() => DurationText.Parse("soon"));

    public static void RefusesEmptyText() => Check.Equal(false, DurationText.TryParse("", out _));

    public static void RefusesNoText() => Check.Equal(false, DurationText.TryParse(null, out _));

    public static void RefusesWhatNoTimeSpanHolds() => Check.Equal(false, DurationText.TryParse("99999999d", out _));

    public static void RefusesWhatNoTimeSpanHoldsInSum() => Check.Equal(false, DurationText.TryParse("10675199d 24h", out _));
}
