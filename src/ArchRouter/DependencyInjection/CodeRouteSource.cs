namespace ArchRouter;

/// <summary>Routes written in code, for the default table or a named one.</summary>
internal sealed class CodeRouteSource(Action<RouteTableBuilder> configure, string? tableName) : IRouteSource
{
    public void AddTo(RouteTablesBuilder tables, RouterOptions options) => configure(tableName is null ? tables.Default : tables.Table(tableName));
}
