using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace ArchRouter;

/// <summary>Which failures of a target another target may take over.</summary>
internal static class TargetFailure
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly;
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> StatusProperties = new();

    /// <summary>
    /// Whether a failure is of the service rather than of the request: throttling, server errors, time-outs, lost connections, and calls that a
    /// resilience pipeline did not let through. A caller's own cancellation never is.
    /// </summary>
    public static bool IsRetryable(Exception error, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        for (Exception? e = error; e is not null; e = e.InnerException)
        {
            // Before the status: a circuit may have been opened by any, and another target has its own.
            if (IsRejection(e.GetType()))
            {
                return true;
            }

            if (StatusOf(e) is { } status)
            {
                return IsRetryable(status);
            }

            // An HTTP client's time-out arrives as a cancellation that the caller did not ask for.
            if (e is OperationCanceledException or TimeoutException or SocketException or HttpIOException or HttpRequestException)
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsRetryable(int status) => status is 0
        or (int)HttpStatusCode.RequestTimeout
        or (int)HttpStatusCode.TooManyRequests
        or >= (int)HttpStatusCode.InternalServerError;

    /// <summary>The HTTP status of an exception; 0 when the service was never reached; null when the exception knows of none.</summary>
    internal static int? StatusOf(Exception error)
    {
        foreach (PropertyInfo property in StatusProperties.GetOrAdd(error.GetType(), FindStatus))
        {
            switch (property.GetValue(error))
            {
                case int status:
                    return status;
                case HttpStatusCode status:
                    return (int)status;
            }
        }

        return null;
    }

    // Service SDKs carry the status in a public property: System.ClientModel and Azure.Core call it Status, HttpClient and Semantic Kernel
    // StatusCode. Some derive from HttpRequestException, leave its status unset and declare their own, so the most derived one that is set
    // counts. Knowing it by name keeps every SDK out of the core's dependencies.
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A trimmed property reads as no status: the failure then surfaces instead of failing over.")]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "As above.")]
    private static PropertyInfo[] FindStatus(Type type) =>
        [.. TypeAndBases(type)
            .SelectMany(t => new[] { t.GetProperty("Status", Declared), t.GetProperty("StatusCode", Declared) })
            .OfType<PropertyInfo>()
            .Where(p => (Nullable.GetUnderlyingType(p.PropertyType) ?? p.PropertyType) is var kind && (kind == typeof(int) || kind == typeof(HttpStatusCode)))];

    /// <summary>Whether the type is Polly's for an open circuit, a rate limit or a time-out of its own. By name, as the status is.</summary>
    private static bool IsRejection(Type type) => TypeAndBases(type).Any(t => t.FullName == "Polly.ExecutionRejectedException");

    private static IEnumerable<Type> TypeAndBases(Type type)
    {
        for (Type? t = type; t is not null; t = t.BaseType)
        {
            yield return t;
        }
    }
}
