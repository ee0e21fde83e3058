using Microsoft.Extensions.Options;

namespace ArchRouter;

/// <summary>The tables and options of an application, put together from every source and checked as a whole.</summary>
internal sealed class RouterSetup
{
    /// <exception cref="RouteTableException">Anything is wrong anywhere; every problem is listed.</exception>
    public RouterSetup(
        IEnumerable<IRouteSource> sources, IOptions<RouterOptions> options, IEnumerable<IStartupProblems> others,
        EngineChoice choice, IEnumerable<EngineKind> kinds, IServiceProvider services)
    {
        RouterOptions merged = options.Value.Clone();
        var tables = new RouteTablesBuilder();
        foreach (IRouteSource source in sources)
        {
            source.AddTo(tables, merged);
        }

        merged.Check(tables.Problems);
        foreach (IStartupProblems other in others)
        {
            tables.Problems.AddRange(other.Problems);
        }

        Engine = choice.IsCode ? null : new EnginePlanner(merged.Engine, kinds, services, tables.Problems).Plan();
        Tables = tables.Build();
        Options = merged;
    }

    public RouteTables Tables { get; }

    public RouterOptions Options { get; }

    /// <summary>The engines that configuration asks for; null where code sets one, or where there is none.</summary>
    public EnginePlan? Engine { get; }
}
