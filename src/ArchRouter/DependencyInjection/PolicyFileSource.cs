namespace ArchRouter;

/// <summary>A policy file, read when the tables are put together.</summary>
internal sealed class PolicyFileSource(string path) : IRouteSource
{
    public void AddTo(RouteTablesBuilder tables, RouterOptions options)
    {
        try
        {
            RouteTreeReader.Read(PolicyText.Load(path), tables, options);
        }
        catch (RouteTableException error)
        {
            tables.Problems.AddRange(error.Problems);
            tables.HasUnreadSource = true;
        }
    }
}
