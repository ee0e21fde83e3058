using System.Buffers;

namespace ArchRouter.Onnx;

/// <summary>Text under construction in a pooled array.</summary>
internal ref struct TextBuffer
{
    private char[] _chars;
    private int _length;

    public TextBuffer(int capacity) => _chars = ArrayPool<char>.Shared.Rent(capacity);

    public readonly ReadOnlySpan<char> Text => _chars.AsSpan(0, _length);

    public void Append(char c) => Append([c]);

    public void Append(scoped ReadOnlySpan<char> text)
    {
        if (_chars.Length - _length < text.Length)
        {
            Grow(text.Length);
        }

        text.CopyTo(_chars.AsSpan(_length));
        _length += text.Length;
    }

    public readonly void Dispose() => ArrayPool<char>.Shared.Return(_chars);

    private void Grow(int more)
    {
        char[] larger = ArrayPool<char>.Shared.Rent(Math.Max(_chars.Length * 2, _length + more));
        Text.CopyTo(larger);
        ArrayPool<char>.Shared.Return(_chars);
        _chars = larger;
    }
}
