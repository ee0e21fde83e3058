using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace ArchRouter;

/// <summary>
/// Reads YAML into nodes from the parser's events. Aliases and tags are refused: a policy file needs neither, and a few nested aliases can
/// stand for gigabytes.
/// </summary>
internal sealed class YamlNodes
{
    private readonly Parser _parser;
    private readonly string _name;

    private YamlNodes(string text, string name)
    {
        _parser = new Parser(new StringReader(text));
        _name = name;
    }

    /// <exception cref="RouteTableException">The text is not YAML, or not of the kind that is accepted.</exception>
    public static ConfigNode Parse(string text, string name)
    {
        var nodes = new YamlNodes(text, name);
        try
        {
            return nodes.Document();
        }
        catch (YamlException error)
        {
            throw Invalid($"{name}:{error.Start.Line}:{error.Start.Column}", $": {ConfigSyntax.OneLine(error.Message).TrimEnd('.')}.");
        }
#pragma warning disable CA1031 // On some malformed texts the parser fails with exceptions of its own state rather than a YamlException.
        catch (Exception error) when (error is not RouteTableException)
#pragma warning restore CA1031
        {
            throw Invalid(nodes._parser.Current is { } last ? nodes.At(last) : name, ".");
        }
    }

    private ConfigNode Document()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            throw ConfigSyntax.Empty(_name);
        }

        ConfigNode root = Node(depth: 0);
        _parser.Consume<DocumentEnd>();
        return _parser.TryConsume<DocumentStart>(out DocumentStart? second)
            ? throw Error(second, "A second YAML document begins here.", "Keep one document in a file; further tables go below 'tables'.")
            : root;
    }

    private ConfigNode Node(int depth)
    {
        ParsingEvent next = _parser.Consume<ParsingEvent>();
        if (next is AnchorAlias)
        {
            throw Error(next, "YAML aliases are not supported.", "Write the value out.");
        }

        if (next is NodeEvent { Tag.IsEmpty: false })
        {
            throw Error(next, "YAML tags are not supported.", "Remove the tag; put text that looks like a number in quotes.");
        }

        ConfigSyntax.CheckDepth(depth, At(next));
        return next switch
        {
            Scalar scalar => new ConfigScalar(At(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain ? YamlScalars.KindOf(scalar.Value) : ScalarKind.Text),
            SequenceStart => List(At(next), depth),
            MappingStart => Map(At(next), depth),
            _ => throw Error(next, $"A value is expected here, not {next.GetType().Name}.", "Write the value or remove its key."),
        };
    }

    private ConfigList List(string location, int depth)
    {
        List<ConfigNode> items = [];
        while (!_parser.TryConsume<SequenceEnd>(out _))
        {
            items.Add(Node(depth + 1));
        }

        return new(location, items);
    }

    private ConfigMap Map(string location, int depth)
    {
        List<ConfigEntry> entries = [];
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            ConfigNode key = Node(depth + 1);
            string text = (key as ConfigScalar)?.Text
                ?? throw ConfigSyntax.Error(key.Location, $"A key is {key.Description}.", "Write a plain word and a colon.");
            entries.Add(new(text, key.Location, Node(depth + 1)));
        }

        return new(location, entries);
    }

    private RouteTableException Error(ParsingEvent at, string message, string fix) => ConfigSyntax.Error(At(at), message, fix);

    private string At(ParsingEvent e) => $"{_name}:{e.Start.Line}:{e.Start.Column}";

    private static RouteTableException Invalid(string location, string why) =>
        ConfigSyntax.Error(location, $"This is not valid YAML{why}", "Check indentation, quotes and colons here and just above.");
}
