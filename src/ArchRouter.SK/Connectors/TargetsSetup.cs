using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK;

/// <summary>The targets of an application that name a provider, put together from every source and checked as a whole at start-up.</summary>
internal sealed class TargetsSetup : IStartupProblems
{
    private readonly Dictionary<string, (TargetProvider Provider, TargetConnection Connection)> _targets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _first = new(StringComparer.Ordinal);
    private readonly List<RouteTableProblem> _problems = [];
    private readonly IReadOnlyList<TargetProvider> _providers;
    private readonly IServiceProvider _services;
    private readonly IServiceCollection _registered;

    /// <summary>Puts the targets together.</summary>
    /// <param name="services">Makes the services.</param>
    /// <param name="registered">The collection, complete by now: tells which targets code has put another service in the place of.</param>
    /// <param name="sources">Where targets stand.</param>
    /// <param name="providers">The application's own providers.</param>
    /// <param name="variables">The environment.</param>
    public TargetsSetup(
        IServiceProvider services, IServiceCollection registered, IEnumerable<TargetsSource> sources, IEnumerable<TargetProvider> providers, IEnvironmentVariables variables)
    {
        _services = services;
        _registered = registered;
        // The application's own come first, the last one foremost.
        _providers = [.. providers.Reverse(), .. BuiltInProviders.All];
        var reader = new ConnectionReader(services, new ApiKeys(services.GetService<IConfiguration>(), variables, _problems), _problems);
        foreach (TargetsSource source in sources)
        {
            _problems.AddRange(source.Problems);
            foreach (ConfiguredTarget target in source.Targets)
            {
                Add(target, source, reader);
            }
        }
    }

    public IReadOnlyList<RouteTableProblem> Problems => _problems;

    /// <exception cref="RouteTableException">Any target has a problem; all are listed.</exception>
    public IChatCompletionService Create(string serviceId)
    {
        RouteTableException.ThrowIfAny(_problems);
        (TargetProvider provider, TargetConnection connection) = _targets[serviceId];
        IChatCompletionService? service;
        try
        {
            service = provider.Create(_services, connection);
        }
#pragma warning disable CA1031 // Whatever a connector throws, such as for an API version that it does not know, names no target by itself.
        catch (Exception error)
#pragma warning restore CA1031
        {
            throw new InvalidOperationException($"The chat service of the target '{serviceId}' ({provider.Name}) cannot be made: {error.Message}", error);
        }

        return service ?? throw new InvalidOperationException($"The provider {provider.Name} gave no chat service for the target '{serviceId}'.");
    }

    private void Add(ConfiguredTarget target, TargetsSource source, ConnectionReader reader)
    {
        if (!_first.TryAdd(target.ServiceId, target.Location))
        {
            if (_first[target.ServiceId] == target.Location)
            {
                // The same section or file, added twice.
                return;
            }

            _problems.Add(new(
                target.Location,
                $"The target '{ConfigKeys.Quotable(target.ServiceId)}' has a provider twice, first at {_first[target.ServiceId]}.",
                "Keep one; another table only declares the service id."));
        }
        else if (Provider(target) is { } provider && Serves(source, target.ServiceId))
        {
            _targets.Add(target.ServiceId, (provider, reader.Read(target, source, provider)));
        }
    }

    /// <summary>Whether the source's own registration is the one that counts.</summary>
    private bool Serves(TargetsSource source, string serviceId) =>
        source.Registered.TryGetValue(serviceId, out ServiceDescriptor? own)
        && _registered.LastOrDefault(d => d.IsKeyedService && serviceId.Equals(d.ServiceKey) && d.ServiceType == typeof(IChatCompletionService)) == own;

    private TargetProvider? Provider(ConfiguredTarget target)
    {
        if (_providers.FirstOrDefault(p => ConfigKeys.Same(p.Name, target.Provider)) is { } provider)
        {
            return provider;
        }

        if (KnownPackages.Of.FirstOrDefault(p => ConfigKeys.Same(p.Key, target.Provider)) is { Key: { } name, Value: var fix })
        {
            _problems.Add(new(target.At("provider"), $"The provider {name} of the target '{target.ServiceId}' is not part of this application.", fix));
            return null;
        }

        string[] known = [.. _providers.Select(p => p.Name).Concat(KnownPackages.Of.Keys).Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
        string guess = ConfigKeys.Nearest(target.Provider, known) is { } near ? $"Did you mean '{near}'? " : "";
        _problems.Add(new(
            target.At("provider"), $"The provider '{ConfigKeys.Quotable(target.Provider)}' of the target '{target.ServiceId}' is not known.", $"{guess}Known: {string.Join(", ", known)}."));
        return null;
    }
}
