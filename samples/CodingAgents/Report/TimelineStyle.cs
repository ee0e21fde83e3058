namespace CodingAgents;

/// <summary>The colours of the picture, for light and dark pages; told apart also by people who see colours differently.</summary>
internal static class TimelineStyle
{
    private const int Colours = 4;

    public const string Css = """

        text { font-family: system-ui, "Segoe UI", Helvetica, Arial, sans-serif; font-size: 13px; fill: #1c2330; }
        .title { font-size: 17px; font-weight: 600; }
        .agent { font-weight: 600; }
        .small { font-size: 12px; fill: #4a5464; }
        .label { font-weight: 600; fill: #ffffff; }
        .on { font-size: 12px; fill: #ffffff; }
        .page { fill: #ffffff; }
        .lane { fill: #eff2f6; }
        .bar0 { fill: #00694f; }
        .bar1 { fill: #1d4f9e; }
        .bar2 { fill: #8a3d00; }
        .bar3 { fill: #6b2a78; }
        @media (prefers-color-scheme: dark) {
          text { fill: #e6ebf2; }
          .small { fill: #aab4c3; }
          .page { fill: #12161d; }
          .lane { fill: #1d242e; }
          .label, .on { fill: #0b0f14; }
          .bar0 { fill: #56c9a6; }
          .bar1 { fill: #8ab6f5; }
          .bar2 { fill: #f0a868; }
          .bar3 { fill: #d39ae0; }
        }

        """;

    public static string BarClass(int target) => $"bar{target % Colours}";
}
