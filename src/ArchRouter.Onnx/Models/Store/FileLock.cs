namespace ArchRouter.Onnx;

/// <summary>A lock between processes: a file that is held open. It is never deleted, for another process may be waiting for this very file; a crash frees it.</summary>
internal static class FileLock
{
    private const int WindowsSharing = unchecked((int)0x80070020);
    private const int WindowsLocked = unchecked((int)0x80070021);
    private const int LinuxWouldBlock = 11;
    private const int MacWouldBlock = 35;

    public static async Task<IDisposable> TakeAsync(string path, TimeSpan delay, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
            }
            catch (IOException error) when (error.HResult is WindowsSharing or WindowsLocked or LinuxWouldBlock or MacWouldBlock)
            {
                await Task.Delay(delay, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
