using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using System.Reflection;

namespace ArchRouter;

/// <summary>Which failures of a target another target may take over.</summary>
internal static class TargetFailure
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo?> StatusProperties = new();

    /// <summary>
    /// Whether a failure is of the service rather than of the request: throttling, server errors, time-outs and lost connections. A caller's
    /// own cancellation never is.
    /// </summary>
    public static bool IsRetryable(Exception error, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return false;
        }

        for (Exception? e = error; e is not null; e = e.InnerException)
        {
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
        if (error is HttpRequestException http)
        {
            return (int?)http.StatusCode;
        }

        return StatusProperties.GetOrAdd(error.GetType(), FindStatus)?.GetValue(error) switch
        {
            int status => status,
            HttpStatusCode status => (int)status,
            _ => null,
        };
    }

    // Service SDKs carry the status in a public property: System.ClientModel and Azure.Core call it Status, Semantic Kernel StatusCode.
    // Knowing it by name keeps every SDK out of the core's dependencies.
    [UnconditionalSuppressMessage("Trimming", "IL2070", Justification = "A trimmed property reads as no status: the failure then surfaces instead of failing over.")]
    private static PropertyInfo? FindStatus(Type type) =>
        type.GetProperty("Status", typeof(int))
        ?? type.GetProperty("StatusCode", typeof(HttpStatusCode?))
        ?? type.GetProperty("StatusCode", typeof(HttpStatusCode));
}
