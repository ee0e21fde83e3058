namespace ArchRouter.SK;

/// <summary>The client of targets for which the application has none.</summary>
internal static class SharedHttpClient
{
    /// <summary>
    /// Given any client, connectors leave retries and time-outs to it, which is how Semantic Kernel registers them. Left to themselves they ask
    /// a server that is down four times before another target can take over. Connections are renewed, so that changes of DNS are seen.
    /// </summary>
    public static HttpClient Instance { get; } = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2) });
}
