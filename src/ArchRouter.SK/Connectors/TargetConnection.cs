using System.Diagnostics;
using System.Text.Json.Serialization;

namespace ArchRouter.SK;

/// <summary>How a target is reached, as its provider gets it: read, checked and complete.</summary>
/// <remarks>Immutable. Neither <see cref="ToString"/> nor JSON shows the key.</remarks>
public sealed class TargetConnection
{
    internal TargetConnection(string serviceId, string provider)
    {
        ServiceId = serviceId;
        Provider = provider;
    }

    /// <summary>The service id, under which the chat service is registered.</summary>
    public string ServiceId { get; }

    /// <summary>The provider's name.</summary>
    public string Provider { get; }

    /// <summary>The model's id, or <see langword="null"/> where none is given.</summary>
    public string? Model { get; internal init; }

    /// <summary>The deployment's name, or <see langword="null"/>.</summary>
    public string? Deployment { get; internal init; }

    /// <summary>The endpoint, else the provider's <see cref="TargetProvider.DefaultEndpoint"/>, else <see langword="null"/>.</summary>
    public Uri? Endpoint { get; internal init; }

    /// <summary>
    /// The full path, or <see langword="null"/>. A relative one was looked for in the current directory, then in <see cref="AppContext.BaseDirectory"/>.
    /// </summary>
    public string? Path { get; internal init; }

    /// <summary>The API version, or <see langword="null"/>.</summary>
    public string? ApiVersion { get; internal init; }

    /// <summary>The organization, or <see langword="null"/>.</summary>
    public string? Organization { get; internal init; }

    /// <summary>The key, or <see langword="null"/> where the provider needs none and none is set. A secret: do not log it.</summary>
    [JsonIgnore]
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string? ApiKey { get; internal init; }

    /// <summary>Further values, from the key <c>options</c>, for providers that take <see cref="TargetFields.Options"/>; their names ignore case.</summary>
    [JsonIgnore]
    public IReadOnlyDictionary<string, string> Options { get; internal init; } = new Dictionary<string, string>();

    /// <summary>
    /// The client to send requests with: the one given to <c>AddArchRouterTargets</c>, else the registered one (as <c>AddHttpClient()</c>
    /// registers one), else one that all such targets share, without retries and with a time-out of 100 seconds. Not to be disposed.
    /// </summary>
    [JsonIgnore]
    public HttpClient? HttpClient { get; internal init; }

    /// <summary>The service id and the provider.</summary>
    public override string ToString() => $"{ServiceId} ({Provider})";
}
