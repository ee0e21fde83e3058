using System.Globalization;

namespace ArchRouter;

/// <summary>Reads typed values. Whatever has the wrong type is reported and reads as null; so does what is absent.</summary>
internal sealed class ConfigValues(List<RouteTableProblem> problems)
{
    /// <summary>
    /// Stands in for a value that was reported already, so that the table's own checks, which still run to find everything else, do not
    /// report it a second time as missing. The table is never built then.
    /// </summary>
    public const string Unreadable = "unreadable";

    public List<RouteTableProblem> Problems => problems;

    public ConfigFields? Fields(ConfigNode node, string what, params IReadOnlyList<string> known)
    {
        if (node is ConfigMap map)
        {
            return new(map, known, problems);
        }

        Wrong(node, what, "a map", $"Write its keys below it: {string.Join(", ", known)}.");
        return null;
    }

    /// <summary>The text; <see cref="Unreadable"/> when it is there but is no text.</summary>
    public string? Text(ConfigNode? node, string what)
    {
        switch (node)
        {
            case null:
                return null;
            case ConfigScalar { Kind: ScalarKind.Text or ScalarKind.Untyped } scalar:
                return scalar.Text;
            default:
                Wrong(node, what, "text", node is ConfigScalar ? "Put it in quotes." : "Write a single value.");
                return Unreadable;
        }
    }

    /// <summary>A list of texts, or a single one.</summary>
    public List<string>? Texts(ConfigNode? node, string what) => node switch
    {
        null => null,
        ConfigScalar { Kind: ScalarKind.Untyped, Text: "" } => [],
        ConfigList list => [.. list.Items.Select(item => Text(item, what)!)],
        _ => [Text(node, what)!],
    };

    public double? Number(ConfigNode? node, string what)
    {
        if (node is ConfigScalar { Kind: ScalarKind.Number or ScalarKind.Untyped } scalar
            && double.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number))
        {
            return number;
        }

        Wrong(node, what, "a number", "Write it without quotes, with a decimal point: 0.5.");
        return null;
    }

    public decimal? Decimal(ConfigNode? node, string what)
    {
        if (node is ConfigScalar { Kind: ScalarKind.Number or ScalarKind.Untyped } scalar
            && decimal.TryParse(scalar.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
        {
            return number;
        }

        Wrong(node, what, "a number", "Write it without quotes, with a decimal point: 0.5.");
        return null;
    }

    public int? Integer(ConfigNode? node, string what)
    {
        if (node is ConfigScalar { Kind: ScalarKind.Number or ScalarKind.Untyped } scalar
            && int.TryParse(scalar.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            return number;
        }

        Wrong(node, what, "a whole number", $"Write it without quotes, at most {int.MaxValue.ToString(CultureInfo.InvariantCulture)}.");
        return null;
    }

    public bool? Boolean(ConfigNode? node, string what)
    {
        if (node is ConfigScalar { Kind: ScalarKind.Boolean or ScalarKind.Untyped } scalar && bool.TryParse(scalar.Text, out bool value))
        {
            return value;
        }

        Wrong(node, what, "true or false", "Write true or false, without quotes.");
        return null;
    }

    public TimeSpan? Duration(ConfigNode? node, string what)
    {
        if (node is ConfigScalar { Kind: ScalarKind.Text or ScalarKind.Untyped } scalar && Durations.TryParse(scalar.Text, out TimeSpan value))
        {
            return value;
        }

        Wrong(node, what, "a duration", "Write a number with a unit, such as 250ms, 2s or 1m, a time such as 00:00:02, or 'infinite'.");
        return null;
    }

    public void Wrong(ConfigNode? node, string what, string expected, string fix)
    {
        if (node is not null)
        {
            problems.Add(new(node.Location, $"'{what}' must be {expected}, but is {node.Description}.", fix));
        }
    }
}
