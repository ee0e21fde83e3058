using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace ArchRouter.Onnx;

/// <summary>The weights of a checkpoint in one or more safetensors files; reads only what is asked for.</summary>
internal sealed class Checkpoint(string folder, IReadOnlyDictionary<string, SafetensorsEntry> entries) : IWeightSource, IDisposable
{
    private readonly Dictionary<string, SafeFileHandle> _files = [];

    public IReadOnlyDictionary<string, SafetensorsEntry> Entries => entries;

    public void Read(string tensor, int firstRow, int columns, Span<float> destination)
    {
        SafetensorsEntry entry = entries[tensor];
        int width = entry.Type.Bytes();
        byte[] rented = ArrayPool<byte>.Shared.Rent(destination.Length * width);
        try
        {
            Span<byte> bytes = rented.AsSpan(0, destination.Length * width);
            ReadExactly(entry.File, bytes, entry.Offset + ((long)firstRow * columns * width));
            entry.Type.ToFloats(bytes, destination);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }

    public void Dispose()
    {
        foreach (SafeFileHandle file in _files.Values)
        {
            file.Dispose();
        }
    }

    private void ReadExactly(string file, Span<byte> bytes, long offset)
    {
        if (!_files.TryGetValue(file, out SafeFileHandle? handle))
        {
            handle = File.OpenHandle(Path.Combine(folder, file));
            _files.Add(file, handle);
        }

        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(handle, bytes, offset);
            if (read == 0)
            {
                throw new EndOfStreamException($"{Path.Combine(folder, file)} ended while it was read.");
            }

            bytes = bytes[read..];
            offset += read;
        }
    }
}
