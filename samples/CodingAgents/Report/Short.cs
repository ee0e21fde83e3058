using System.Globalization;

namespace CodingAgents;

/// <summary>Texts short enough for a line.</summary>
internal static class Short
{
    public static string Text(string text, int length)
    {
        string line = text.ReplaceLineEndings(" ");
        return line.Length <= length ? line : line[..(length - 1)] + "…";
    }

    public static string Time(TimeSpan time) => time.TotalSeconds < 1
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalMilliseconds:0} ms")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    /// <summary>"read_file ×2, build".</summary>
    public static string Tools(IEnumerable<ToolCall> calls) => string.Join(
        ", ", calls.GroupBy(call => call.Tool).Select(group => group.Count() == 1 ? group.Key : $"{group.Key} ×{group.Count()}"));
}
