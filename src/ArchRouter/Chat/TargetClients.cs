using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>The chat clients of targets by service id.</summary>
internal sealed class TargetClients(Func<string, IChatClient?> resolve, IReadOnlyCollection<IChatClient> owned) : IDisposable
{
    private int _disposed;

    public static TargetClients Of(IReadOnlyDictionary<string, IChatClient> targets, bool leaveOpen)
    {
        ArgumentNullException.ThrowIfNull(targets);
        var copy = new Dictionary<string, IChatClient>(targets, StringComparer.Ordinal);
        foreach ((string serviceId, IChatClient client) in copy)
        {
            if (client is null)
            {
                throw new ArgumentException($"The client of '{serviceId}' is null.", nameof(targets));
            }
        }

        return new TargetClients(copy.GetValueOrDefault, leaveOpen ? [] : [.. copy.Values.Distinct()]);
    }

    /// <summary>The client of a target that a decision chose.</summary>
    /// <exception cref="InvalidOperationException">There is none, or it leads back to <paramref name="router"/>.</exception>
    public IChatClient Find(RoutingDecision decision, RouteTarget target, PreferenceRouter router)
    {
        IChatClient client = resolve(target.ServiceId) ?? throw new InvalidOperationException(
            $"{SourceOf(decision)} leads to the target '{target.ServiceId}', which has no chat client. "
            + $"Register one under that key, for example with services.AddKeyedChatClient(\"{target.ServiceId}\", ...), "
            + $"or give one to {nameof(RoutedChatClient)} for that service id.");
        return LeadsBackTo(router, client)
            ? throw new InvalidOperationException(
                $"{SourceOf(decision)} leads to the target '{target.ServiceId}', whose chat client is a {nameof(RoutedChatClient)} over the same router, "
                + "so that requests would go round in circles. Register the model's own client under that key.")
            : client;
    }

    /// <summary>The client of a service id, or null if there is none or it cannot be made.</summary>
    public IChatClient? TryFind(string serviceId)
    {
        try
        {
            return resolve(serviceId);
        }
#pragma warning disable CA1031 // The application's code; only looked at here, so it must not break a request that another target serves.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    /// <summary>What a client has behind it, or null if there is none or it fails to say.</summary>
    public static T? TryGetService<T>(IChatClient client)
        where T : class => (T?)TryGetService(client, typeof(T));

    /// <inheritdoc cref="TryGetService{T}"/>
    public static object? TryGetService(IChatClient client, Type type)
    {
        try
        {
            return client.GetService(type) is { } service && type.IsInstanceOfType(service) ? service : null;
        }
#pragma warning disable CA1031 // The client's code; only asked about itself here, so it must not break a request that it or another target serves.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    /// <summary>What to throw where a client breaks its contract by answering with null.</summary>
    public static InvalidOperationException ReturnedNull(RouteTarget target) =>
        new($"The chat client of the target '{target.ServiceId}' returned null.");

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
        {
            foreach (IChatClient client in owned)
            {
                client.Dispose();
            }
        }
    }

    private static bool LeadsBackTo(PreferenceRouter router, IChatClient client) =>
        ReferenceEquals(TryGetService<PreferenceRouter>(client), router);

    private static string SourceOf(RoutingDecision decision) =>
        decision.Policy is { } policy ? $"Policy '{policy}'"
        : decision.Rule is { } rule ? $"Rule '{rule}'"
        : decision.Domain is { } domain ? $"Domain '{domain}'"
        : $"Outcome {decision.Outcome}";
}
