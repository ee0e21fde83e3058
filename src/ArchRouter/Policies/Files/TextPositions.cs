using System.Text;

namespace ArchRouter;

/// <summary>Turns byte offsets into <c>file:line:column</c>, both counted from 1 and columns in UTF-16 code units, as editors do.</summary>
internal sealed class TextPositions
{
    private readonly byte[] _utf8;
    private readonly string _name;
    private readonly List<int> _lineStarts = [0];

    public TextPositions(byte[] utf8, string name)
    {
        _utf8 = utf8;
        _name = name;
        for (int i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] == '\n')
            {
                _lineStarts.Add(i + 1);
            }
        }
    }

    public string At(long offset)
    {
        int found = _lineStarts.BinarySearch((int)offset);
        int line = found >= 0 ? found : ~found - 1;
        return At(line, offset - _lineStarts[line]);
    }

    public string At(long line, long byteInLine)
    {
        int start = _lineStarts[(int)line];
        int length = (int)Math.Min(byteInLine, _utf8.Length - start);
        return $"{_name}:{line + 1}:{Encoding.UTF8.GetCharCount(_utf8, start, length) + 1}";
    }
}
