using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Reads the fields of a JSON object; what is missing or of the wrong kind goes into the report, and a harmless value comes back.</summary>
internal sealed class JsonFields(JsonElement element, string file, ModelFolderReport report, string fix, string prefix = "")
{
    public bool IsClean => report.IsClean;

    /// <summary>Whether a field is there at all, for those that may be left out.</summary>
    public bool Has(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out JsonElement found) && found.ValueKind != JsonValueKind.Null;

    public void Require(string name, int expected, string otherwise)
    {
        if (Find(name, JsonValueKind.Number) is { } found && !(found.TryGetInt32(out int value) && value == expected))
        {
            report.Add(file, $"'{prefix}{name}' is {found}; this version knows {expected}.", otherwise);
        }
    }

    public void Require(string name, string expected, string otherwise)
    {
        if (Find(name, JsonValueKind.String) is { } found && found.GetString() != expected)
        {
            report.Add(file, $"'{prefix}{name}' is '{found}'; this version knows '{expected}'.", otherwise);
        }
    }

    public JsonFields Object(string name) =>
        new(Find(name, JsonValueKind.Object) ?? default, file, report, fix, $"{prefix}{name}.");

    public string Text(string name)
    {
        string? text = Find(name, JsonValueKind.String)?.GetString();
        if (text is { Length: 0 })
        {
            Wrong(name, "is empty");
        }

        return text ?? "";
    }

    /// <summary>A name without a path, so that a description cannot point outside its folder.</summary>
    public string FileName(string name)
    {
        string text = Text(name);
        if (text is "." or ".." || text.AsSpan().IndexOfAny(['/', '\\', ':', '\0']) >= 0)
        {
            Wrong(name, $"is '{text}', not the name of a file in the folder");
        }

        return text;
    }

    public int Whole(string name, int least, int most)
    {
        if (Find(name, JsonValueKind.Number) is not { } found)
        {
            return least;
        }

        if (found.TryGetInt32(out int value) && value >= least && value <= most)
        {
            return value;
        }

        Wrong(name, $"is {found}, not a whole number from {least} to {most}");
        return least;
    }

    /// <summary>A whole number, or a list of them.</summary>
    public IReadOnlyList<int> Wholes(string name, int least, int most)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out JsonElement found) || found.ValueKind != JsonValueKind.Array)
        {
            return [Whole(name, least, most)];
        }

        List<int> values = [];
        foreach (JsonElement item in found.EnumerateArray())
        {
            if (item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out int value) && value >= least && value <= most)
            {
                values.Add(value);
            }
            else
            {
                Wrong(name, $"holds {item}, not a whole number from {least} to {most}");
            }
        }

        return values;
    }

    public double Positive(string name)
    {
        if (Find(name, JsonValueKind.Number) is not { } found)
        {
            return 1;
        }

        if (found.TryGetDouble(out double value) && double.IsFinite(value) && value > 0)
        {
            return value;
        }

        Wrong(name, $"is {found}, not a number above 0");
        return 1;
    }

    public string Hash(string name)
    {
        const int HexLength = 64;
        if (name.Length == 0)
        {
            return "";
        }

        string? text = Find(name, JsonValueKind.String)?.GetString();
        if (text is not null && (text.Length != HexLength || !text.All(char.IsAsciiHexDigit)))
        {
            Wrong(name, $"is not a SHA-256 of {HexLength} hexadecimal digits");
        }

        return text?.ToLowerInvariant() ?? "";
    }

    private JsonElement? Find(string name, JsonValueKind kind)
    {
        if (element.ValueKind == JsonValueKind.Undefined)
        {
            // The enclosing object is missing; that is reported already.
            return null;
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            Wrong(name, "is missing, for the file is not a JSON object");
            return null;
        }

        if (!element.TryGetProperty(name, out JsonElement found))
        {
            Wrong(name, "is missing");
            return null;
        }

        if (found.ValueKind != kind)
        {
            Wrong(name, $"is {found.ValueKind}, not {kind}");
            return null;
        }

        return found;
    }

    private void Wrong(string name, string what) => report.Add(file, $"'{prefix}{name}' {what}.", fix);
}
