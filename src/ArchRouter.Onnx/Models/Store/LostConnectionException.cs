namespace ArchRouter.Onnx;

/// <summary>A connection failed in a way that may pass; the file is tried again.</summary>
internal sealed class LostConnectionException(string message, Exception? innerException = null) : Exception(message, innerException);
