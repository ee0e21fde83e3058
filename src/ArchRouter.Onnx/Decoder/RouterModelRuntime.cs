namespace ArchRouter.Onnx;

/// <summary>A loaded router model with everything around it: the places to run, the queue, the compiled policy sets.</summary>
internal sealed class RouterModelRuntime
{
    private readonly ITokenModels _models;
    private readonly IRoutePrompts _prompts;
    private readonly RouteScorer _scorer;
    private readonly BoundedCache<string, Lazy<ICompiledRoutes>> _compiled;

    public RouterModelRuntime(ITokenModels models, IRoutePrompts prompts, RouterModelDescription description, DecoderOptions options)
    {
        _models = models;
        _prompts = prompts;
        _scorer = new RouteScorer(description.Temperature, options.ProbabilityTolerance);
        _compiled = new(options.CompiledTables);
        Description = description;
        Gate = new RequestGate(options.MaxConcurrency, options.MaxQueue);
    }

    public RouterModelDescription Description { get; }

    public RequestGate Gate { get; }

    /// <summary>The model itself, for measurements.</summary>
    public ITokenModels Models => _models;

    /// <summary>Scores on the calling thread.</summary>
    public PolicyScores Score(RouterRequest request, CancellationToken cancellationToken)
    {
        ICompiledRoutes routes = Compile(request.Policies);
        int[] prompt = routes.Prompt(request.Conversation);
        double[] found = Run(
            prompt,
            routes.Prefix.Length,
            model => _scorer.Score(model, prompt, routes.Prefix.Length, routes.Answers, cancellationToken).ByCandidate);
        return new PolicyScores(request.Policies, found.AsSpan(0, request.Policies.Count), found[^1], Description.Id, RouterTier.RouterModel);
    }

    /// <summary>Reads the part of the prompt that all requests with these policies share.</summary>
    public void WarmUp(PolicySet policies, CancellationToken cancellationToken)
    {
        int[] prefix = Compile(policies).Prefix.ToArray();
        Run(prefix, prefix.Length, model => model.Start(prefix, prefix.Length, cancellationToken).Length);
    }

    /// <summary>Releases the model; nothing may run on it.</summary>
    public void Release() => _models.Dispose();

    // Callers with the same new policies wait for one compilation, not under the lock of the cache.
    private ICompiledRoutes Compile(PolicySet policies) =>
        _compiled.GetOrAdd(policies.Version, _ => new Lazy<ICompiledRoutes>(() => _prompts.Compile(policies))).Value;

    private T Run<T>(int[] prompt, int stable, Func<ITokenModel, T> run)
    {
        ITokenModel model = _models.Rent(prompt, stable);
        try
        {
            return run(model);
        }
        finally
        {
            _models.Return(model);
        }
    }
}
