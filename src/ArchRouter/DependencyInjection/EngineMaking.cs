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
                throw new InvalidOperationException(
                    "The router's engine is made over a chat client that the router itself routes, or needs the router in another way. "
                    + "Give UseRemoteRouter(...), or 'service' in the router's settings, the client of the server that has the router model.");
            }
        }

        return Ambient.Value = new EngineMaking(setup);
    }

    /// <inheritdoc/>
    public void Dispose() => Ambient.Value = _outer;
}
