namespace ArchRouter;

/// <summary>Reads what the section <c>router</c> says of the engine.</summary>
internal sealed class EngineSettingsReader(ConfigValues values)
{
    public static readonly string[] Keys = ["engine", "model", "layout", "service", "minimumMargin"];

    /// <summary>The earlier settings with what is said here in their place.</summary>
    public EngineSettings Read(ConfigFields fields, EngineSettings earlier) => earlier with
    {
        Engine = Engine(fields["engine"]) ?? earlier.Engine,
        Model = Text(fields["model"], "model") ?? earlier.Model,
        Layout = Text(fields["layout"], "layout") ?? earlier.Layout,
        Service = Text(fields["service"], "service") ?? earlier.Service,
        MinimumMargin = Margin(fields["minimumMargin"]) ?? earlier.MinimumMargin,
    };

    private EngineSetting<string>? Engine(ConfigNode? node)
    {
        if (Text(node, "engine") is not { } named)
        {
            return null;
        }

        if (EngineSettings.Names.FirstOrDefault(name => ConfigKeys.Same(name, named.Value)) is { } known)
        {
            return new(known, named.Location);
        }

        string guess = ConfigKeys.Nearest(named.Value, EngineSettings.Names) is { } near ? $"Did you mean '{near}'? " : "";
        values.Problems.Add(new(named.Location, $"The engine '{ConfigKeys.Quotable(named.Value)}' is not known.", $"{guess}Known: {string.Join(", ", EngineSettings.Names)}."));
        return null;
    }

    private EngineSetting<string>? Text(ConfigNode? node, string what)
    {
        int before = values.Problems.Count;
        string? text = values.Text(node, what);
        if (text is null || values.Problems.Count > before || (text.Length == 0 && node is ConfigScalar { Kind: ScalarKind.Untyped }))
        {
            return null;
        }

        if (string.IsNullOrWhiteSpace(text))
        {
            values.Problems.Add(new(node!.Location, $"'{what}' is empty.", "Write a value, or remove the key."));
            return null;
        }

        return new(text, node!.Location);
    }

    private EngineSetting<double>? Margin(ConfigNode? node)
    {
        if (values.Number(node, "minimumMargin") is not { } margin)
        {
            return null;
        }

        if (margin is >= 0 and <= 1)
        {
            return new(margin, node!.Location);
        }

        values.Problems.Add(new(node!.Location, $"The minimum margin is {margin.ToString(System.Globalization.CultureInfo.InvariantCulture)}.", "Use a number from 0 to 1."));
        return null;
    }
}
