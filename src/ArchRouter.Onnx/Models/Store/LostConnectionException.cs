namespace ArchRouter.Onnx;

/// <summary>A connection failed in a way that may pass; the file is tried again.</summary>
internal sealed class LostConnectionException(string message, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether an error is a connection's. Its time-outs arrive as cancellations that the caller did not ask for.</summary>
    public static bool IsCause(Exception error, CancellationToken cancellationToken) =>
        error is HttpRequestException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested);
}
