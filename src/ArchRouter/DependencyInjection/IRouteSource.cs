namespace ArchRouter;

/// <summary>Somewhere routes come from: code, a configuration section, a policy file.</summary>
internal interface IRouteSource
{
    /// <summary>Adds what the source holds. Problems go into <see cref="RouteTablesBuilder.Problems"/>; nothing is thrown for them.</summary>
    /// <param name="tables">Receives routes, targets, rules and fallbacks.</param>
    /// <param name="options">Receives the router options that the source sets.</param>
    void AddTo(RouteTablesBuilder tables, RouterOptions options);
}
