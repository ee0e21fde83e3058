using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter;

/// <summary>That the engine of a router is being made. An engine that is made over a client which the same router routes never would be.</summary>
internal sealed class EngineMaking : IDisposable
{
    private static readonly AsyncLocal<EngineMaking?> Ambient = new();
    private readonly RouterSetup _setup;
    private readonly EngineMaking? _outer = Ambient.Value;

    private EngineMaking(RouterSetup setup) => _setup = setup;

    /// <exception cref="InvalidOperationException">The engine needs the router itself.</exception>
    public static EngineMaking Begin(RouterSetup setup)
    {
        for (EngineMaking? making = Ambient.Value; making is not null; making = making._outer)
        {
            if (ReferenceEquals(making._setup, setup))
            {
                throw NeedsRouter();
            }
        }

        return Ambient.Value = new EngineMaking(setup);
    }

    /// <summary>The client, unless the router that an engine is to be made for routes it. Where the engine is made after the router, nothing else shows it.</summary>
    /// <exception cref="InvalidOperationException">It is the router's own.</exception>
    public static IChatClient NotRouted(IServiceProvider services, IChatClient client) =>
        TargetClients.TryGetService<PreferenceRouter>(client) is { } router && ReferenceEquals(router.Tables, services.GetService<RouterSetup>()?.Tables)
            ? throw NeedsRouter()
            : client;

    /// <inheritdoc/>
    public void Dispose() => Ambient.Value = _outer;

    private static InvalidOperationException NeedsRouter() => new(
        "The router's engine is made over a chat client that the router itself routes, or needs the router in another way. "
        + "Give UseRemoteRouter(...), or 'service' in the router's settings, the client of the server that has the router model.");
}
