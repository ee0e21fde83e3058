namespace ArchRouter;

/// <summary>The engines that configuration asks for: one, or two as a cascade.</summary>
internal sealed record EnginePlan(EngineKind First, EngineKind? Second, EngineSettings Settings)
{
    public IRouterEngine Make(IServiceProvider services)
    {
        if (Second is not { } second)
        {
            return First.Create(services, Settings);
        }

        // What is configured describes the router model; the encoder before it is the bundled one.
        return CascadeComposition.Make(
            services,
            provider => First.Create(provider, new EngineSettings()),
            provider => second.Create(provider, Settings),
            options => options.MinimumMargin = Settings.MinimumMargin?.Value ?? options.MinimumMargin);
    }
}
