using System.Text;

namespace ArchRouter;

/// <summary>Turns a policy file, or its text, into nodes. Whatever keeps it from being read is a <see cref="RouteTableException"/>.</summary>
internal static class PolicyText
{
    /// <summary>The longest text accepted, in bytes of UTF-8.</summary>
    public const int MaxBytes = 1 << 20;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    public static ConfigNode Load(string path)
    {
        PolicyFileFormat format = FormatOf(path);
        string found = PolicyPath.Resolve(path);
        return Parse(Decode(PolicyPath.Read(found, MaxBytes), found), format, found);
    }

    public static ConfigNode Parse(string text, PolicyFileFormat format, string name)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            throw ConfigSyntax.Empty(name);
        }

        if (text.Length > MaxBytes)
        {
            throw TooLong(name);
        }

        text = text.TrimStart('\uFEFF');
        return format switch
        {
            PolicyFileFormat.Yaml => YamlNodes.Parse(text, name),
            PolicyFileFormat.Json => JsonNodes.Parse(text, name),
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "Use Yaml or Json."),
        };
    }

    public static RouteTableException TooLong(string name) =>
        ConfigSyntax.Error(name, $"The text is longer than {MaxBytes} bytes.", "Split it into several files, or check that it is a policy file.");

    private static string Decode(ReadOnlySpan<byte> utf8, string name)
    {
        try
        {
            return StrictUtf8.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw ConfigSyntax.Error(name, "The file is not UTF-8 text.", "Save it as UTF-8.");
        }
    }

    private static PolicyFileFormat FormatOf(string path) => Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".YAML" or ".YML" => PolicyFileFormat.Yaml,
        ".JSON" or ".JSONC" => PolicyFileFormat.Json,
        _ => throw ConfigSyntax.Error(path, "The file's name does not say which format it has.", "End it with .yaml, .yml or .json."),
    };
}
