using ArchRouter;
using Microsoft.Extensions.AI;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the remote engine to the router.</summary>
public static class ArchRouterBuilderRemoteExtensions
{
    /// <summary>Lets a router model behind a chat client score the policies; see <see cref="RemoteRouterEngine"/>.</summary>
    /// <param name="builder">The builder that <c>AddArchRouter</c> returns.</param>
    /// <param name="client">Makes or finds the client.</param>
    /// <param name="configure">Changes the options.</param>
    /// <param name="leaveOpen">
    /// Whether the client is disposed by somebody else, as one is that the container made. Default: false, it is disposed with the engine.
    /// </param>
    public static ArchRouterBuilder UseRemoteRouter(
        this ArchRouterBuilder builder, Func<IServiceProvider, IChatClient> client, Action<RemoteRouterOptions>? configure = null, bool leaveOpen = false)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(client);
        return builder.UseEngine(services =>
        {
            var options = new RemoteRouterOptions();
            configure?.Invoke(options);
            return new RemoteRouterEngine(EngineMaking.NotRouted(services, client(services)), options, leaveOpen);
        });
    }
}
