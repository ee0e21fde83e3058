namespace ArchRouter.OnnxGenAI;

/// <summary>Holds the one generator of a model, makes it when it is needed, and never goes on with one that has failed.</summary>
internal sealed class GeneratorSlot(IGenAIModel model, int maxLength, bool recreate) : IDisposable
{
    private IGenerator? _generator;
    private bool _empty = true;

    /// <summary>Reads tokens on the calling thread.</summary>
    public void Append(ReadOnlySpan<int> tokens)
    {
        _generator ??= model.CreateGenerator(maxLength);
        _empty = false;
        try
        {
            _generator.AppendTokens(tokens);
        }
        catch
        {
            Discard();
            throw;
        }
    }

    public void Rewind(int length)
    {
        if (_generator is null || _empty)
        {
            return;
        }

        if (length == 0 && recreate)
        {
            Discard();
            return;
        }

        try
        {
            _generator.RewindTo(length);
            _empty = length == 0;
        }
        catch
        {
            Discard();
            throw;
        }
    }

    /// <summary>Copies the logits of the token that follows.</summary>
    public void ReadLogits(Span<float> logits)
    {
        using ITensor tensor = _generator!.GetOutput(LastLogits.Output);
        LastLogits.Read(tensor, logits);
    }

    /// <summary>Gives the generator up; the next pass makes a new one.</summary>
    public void Discard()
    {
        IGenerator? generator = _generator;
        _generator = null;
        _empty = true;
        generator?.Dispose();
    }

    public void Dispose() => Discard();
}
