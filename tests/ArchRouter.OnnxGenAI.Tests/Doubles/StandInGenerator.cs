namespace ArchRouter.OnnxGenAI.Tests;

/// <summary>A sequence of the stand-in, with the limits of its provider.</summary>
internal sealed class StandInGenerator(StandInLibrary library, string? provider, int maxLength) : IGenerator
{
    private readonly List<int> _tokens = [];
    private int _last;
    private int _callers;
    private bool _spoilt;
    private bool _disposed;

    public void AppendTokens(ReadOnlySpan<int> tokens)
    {
        int[] added = tokens.ToArray();
        Alone(() =>
        {
            if (provider == "dml" && _tokens.Count > 0)
            {
                throw new StandInFault("Appending to a sequence is not supported on DirectML.");
            }

            if (added.Length == 0 || _tokens.Count + added.Length >= maxLength)
            {
                throw new StandInFault("The sequence is empty, or as long as max_length.");
            }

            library.Passes.Add((_tokens.Count, added));
            library.OnPass?.Invoke();
            library.OnCall?.Invoke("append");
            _tokens.AddRange(added);
            _last = added.Length;
        });
    }

    public void RewindTo(int length) => Alone(() =>
    {
        library.Note($"rewind {length}");
        if (length > _tokens.Count)
        {
            throw new StandInFault("The sequence is not as long.");
        }

        // Elsewhere than on the processor the library gives wrong logits, and says nothing.
        _spoilt = length > 0 && provider is not null;
        _tokens.RemoveRange(length, _tokens.Count - length);
        _last = 0;
    });

    public ITensor GetOutput(string name)
    {
        StandInTensor? tensor = null;
        Alone(() =>
        {
            if (name != "logits" || _last == 0)
            {
                throw new StandInCrash($"There is no output '{name}'.");
            }

            int rows = library.LastOnly ? 1 : _last;
            float[] values = new float[rows * library.Vocabulary];
            Array.Fill(values, 12_345f);
            for (int token = 0; token < library.Vocabulary; token++)
            {
                values[^(library.Vocabulary - token)] = library.LogitOf(_tokens, token) + (_spoilt ? token : 0);
            }

            tensor = new StandInTensor(values, [1, rows, library.Vocabulary], library.Half);
        });
        return tensor!;
    }

    public void Dispose()
    {
        library.Note("~generator");
        _disposed = true;
    }

    private void Alone(Action call)
    {
        if (Interlocked.Increment(ref _callers) > 1 || _disposed)
        {
            throw new StandInCrash("Two callers at a time, or one after disposal.");
        }

        try
        {
            call();
        }
        finally
        {
            Interlocked.Decrement(ref _callers);
        }
    }
}
