using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Text.Json;

namespace ArchRouter.Benchmarks.Accuracy;

/// <summary>Labelled cases by set: the set that a case names, or else the name of its file.</summary>
internal static class CaseSets
{
    private const string Packed = ".gz";
    private const string Lines = ".jsonl";

    /// <summary>Reads a file, or all files of a folder, that end in <c>.jsonl</c> or <c>.jsonl.gz</c>.</summary>
    /// <param name="path">A file or a folder; its subfolders are not looked at.</param>
    /// <param name="sets">The cases of each set in the order of their files, or null.</param>
    /// <param name="problem">What is wrong and how to mend it, or null.</param>
    /// <returns>Whether there are any cases.</returns>
    public static bool TryRead(
        string path, [NotNullWhen(true)] out Dictionary<string, List<RoutingCase>>? sets, [NotNullWhen(false)] out string? problem)
    {
        sets = null;
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            problem = $"There is no file or folder '{path}'.";
            return false;
        }

        string[] files = File.Exists(path) ? [path] : [.. Directory.GetFiles(path).Where(IsOfCases).Order(StringComparer.Ordinal)];
        Dictionary<string, List<RoutingCase>> read = [];
        try
        {
            foreach ((string set, RoutingCase routingCase) in files.SelectMany(ReadFile))
            {
                (read.TryGetValue(set, out List<RoutingCase>? cases) ? cases : read[set] = []).Add(routingCase);
            }
        }
        catch (Exception unreadable) when (unreadable is InvalidDataException or IOException)
        {
            problem = unreadable.Message;
            return false;
        }

        if (read.Count == 0)
        {
            problem = $"There are no cases in '{path}': give a file, or a folder with files, that ends in {Lines} or {Lines}{Packed}, one case a line.";
            return false;
        }

        (sets, problem) = (read, null);
        return true;
    }

    private static bool IsOfCases(string file) => file.EndsWith(Lines, StringComparison.Ordinal) || file.EndsWith(Lines + Packed, StringComparison.Ordinal);

    private static IEnumerable<(string Set, RoutingCase Case)> ReadFile(string file)
    {
        string ofFile = Path.GetFileName(file).Split('.')[0];
        int number = 0;
        foreach (string line in ReadLines(file))
        {
            number++;
            if (line.Length > 0)
            {
                RoutingCase routingCase = Parse(line, $"{file}, line {number}");
                yield return (routingCase.File ?? ofFile, routingCase);
            }
        }
    }

    private static string[] ReadLines(string file)
    {
        if (!file.EndsWith(Packed, StringComparison.Ordinal))
        {
            return File.ReadAllLines(file);
        }

        try
        {
            using StreamReader reader = new(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
            return reader.ReadToEnd().Split('\n', StringSplitOptions.TrimEntries);
        }
        catch (InvalidDataException wrong)
        {
            throw new InvalidDataException($"{file}: {wrong.Message}", wrong);
        }
    }

    private static RoutingCase Parse(string line, string place)
    {
        try
        {
            return RoutingCase.Parse(line);
        }
        catch (JsonException wrong)
        {
            throw new InvalidDataException($"{place}: not a case in the form {{routes, messages, route}}: {wrong.Message}", wrong);
        }
    }
}
