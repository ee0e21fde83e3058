using System.Text;
using System.Text.Json;

namespace ArchRouter;

/// <summary>Reads JSON into nodes, with comments and trailing commas allowed.</summary>
internal ref struct JsonNodes
{
    private static readonly JsonReaderOptions Options = new()
    {
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
        MaxDepth = ConfigSyntax.MaxDepth + 1,
    };

    private readonly TextPositions _positions;
    private Utf8JsonReader _reader;

    private JsonNodes(byte[] utf8, string name)
    {
        _positions = new TextPositions(utf8, name);
        _reader = new Utf8JsonReader(utf8, Options);
    }

    /// <exception cref="RouteTableException">The text is not JSON.</exception>
    public static ConfigNode Parse(string text, string name)
    {
        var nodes = new JsonNodes(Encoding.UTF8.GetBytes(text), name);
        try
        {
            return nodes.Document();
        }
        catch (JsonException error)
        {
            string at = nodes._positions.At(error.LineNumber ?? 0, error.BytePositionInLine ?? 0);
            throw ConfigSyntax.Error(at, $"This is not valid JSON: {ConfigSyntax.OneLine(error.Message.Split(" LineNumber:", 2)[0])}", "Check commas, quotes and brackets here and just above.");
        }
    }

    private ConfigNode Document()
    {
        _reader.Read();
        ConfigNode root = Node(At);
        _reader.Read();
        return root;
    }

    private readonly string At => _positions.At(_reader.TokenStartIndex);

    private ConfigNode Node(string location) => _reader.TokenType switch
    {
        JsonTokenType.StartObject => Map(location),
        JsonTokenType.StartArray => List(location),
        JsonTokenType.String => new ConfigScalar(location, Text(location), ScalarKind.Text),
        JsonTokenType.True => new ConfigScalar(location, "true", ScalarKind.Boolean),
        JsonTokenType.False => new ConfigScalar(location, "false", ScalarKind.Boolean),
        JsonTokenType.Null => new ConfigScalar(location, "", ScalarKind.Null),
        _ => new ConfigScalar(location, Encoding.UTF8.GetString(_reader.ValueSpan), ScalarKind.Number),
    };

    private ConfigList List(string location)
    {
        List<ConfigNode> items = [];
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
        {
            items.Add(Node(At));
        }

        return new(location, items);
    }

    private ConfigMap Map(string location)
    {
        List<ConfigEntry> entries = [];
        while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
        {
            string at = At;
            string key = Text(at);
            _reader.Read();
            entries.Add(new(key, at, Node(At)));
        }

        return new(location, entries);
    }

    private readonly string Text(string location)
    {
        try
        {
            return _reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw ConfigSyntax.Error(location, "The text escapes half of a surrogate pair, which is no character.", @"Write both halves, such as \ud83d\ude00, or the character itself.");
        }
    }
}
