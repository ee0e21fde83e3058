namespace ArchRouter;

/// <summary>
/// Reads tables of routes from YAML or JSON: routes, domains, rules, targets, thresholds and the fallback, as documented in
/// <c>docs/policy-file.md</c> and by <see cref="JsonSchema"/>.
/// </summary>
/// <remarks>
/// Thread-safe. The same content gives the same tables, with the same <see cref="RouteTable.Version"/>, whether it is written in YAML, in JSON,
/// in a configuration section or in code. A text can be at most 1 MiB long. To register a file with a service collection use
/// <see cref="ArchRouterBuilder.AddPolicyFile"/>, which also applies its section <c>router</c>; here that section is only checked.
/// </remarks>
public static class PolicyFile
{
    private static readonly Lazy<string> Schema = new(ReadSchema);

    /// <summary>The JSON Schema (draft 7) of the format, for editors and for checks outside .NET. It knows the usual spelling of each key only.</summary>
    public static string JsonSchema => Schema.Value;

    /// <summary>Reads a file. Its extension tells the format: <c>.yaml</c> or <c>.yml</c>, <c>.json</c> or <c>.jsonc</c>.</summary>
    /// <param name="path">
    /// The path. A relative one is looked for in the current directory, then in <see cref="AppContext.BaseDirectory"/>.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="path"/> is null, empty or white space.</exception>
    /// <exception cref="RouteTableException">
    /// The file cannot be read or is not valid; every problem is listed with <c>file:line:column</c>.
    /// </exception>
    public static RouteTables Load(string path)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return Build(PolicyText.Load(path));
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="format">What it is written in.</param>
    /// <param name="name">What messages call it, in place of a file's path.</param>
    /// <exception cref="ArgumentException"><paramref name="text"/> or <paramref name="name"/> is null, or <paramref name="format"/> is not defined.</exception>
    /// <exception cref="RouteTableException">The text is not valid; every problem is listed with <c>name:line:column</c>.</exception>
    public static RouteTables Parse(string text, PolicyFileFormat format, string name)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        return Build(PolicyText.Parse(text, format, name));
    }

    private static RouteTables Build(ConfigNode root)
    {
        var tables = new RouteTablesBuilder();
        RouteTreeReader.Read(root, tables, new RouterOptions());
        return tables.Build();
    }

    private static string ReadSchema()
    {
        using var reader = new StreamReader(typeof(PolicyFile).Assembly.GetManifestResourceStream("archrouter.schema.json")!);
        return reader.ReadToEnd();
    }
}
