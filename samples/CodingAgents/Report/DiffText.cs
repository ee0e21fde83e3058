using Spectre.Console;

namespace CodingAgents;

/// <summary>Prints a diff with its lines coloured.</summary>
internal static class DiffText
{
    public static void Write(IAnsiConsole console, string diff)
    {
        foreach (string line in diff.TrimEnd().Split('\n'))
        {
            console.Write(new Text(line + "\n", StyleOf(line)));
        }
    }

    private static Style StyleOf(string line) => line switch
    {
        ['+', '+', '+', ..] or ['-', '-', '-', ..] or ['d', 'i', 'f', 'f', ..] => new Style(decoration: Decoration.Bold),
        ['+', ..] => new Style(Color.Green),
        ['-', ..] => new Style(Color.Red),
        ['@', ..] => new Style(Color.Blue),
        _ => Style.Plain,
    };
}
