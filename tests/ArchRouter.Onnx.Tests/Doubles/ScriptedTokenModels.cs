namespace ArchRouter.Onnx.Tests;

/// <summary>Places that lend scripted models.</summary>
internal sealed class ScriptedTokenModels(int places, Func<ScriptedTokenModel> make) : ITokenModels
{
    private readonly Lock _lock = new();
    private readonly Stack<ScriptedTokenModel> _idle = new(Enumerable.Range(0, places).Select(_ => make()));

    public int VocabularySize => 1024;

    public int ContextLength => 4096;

    public int Lent => places - _idle.Count;

    public int Disposals { get; private set; }

    public int LentAtDisposal { get; private set; }

    public ITokenModel Rent(ReadOnlySpan<int> prompt, int stable)
    {
        lock (_lock)
        {
            return _idle.Pop();
        }
    }

    public void Return(ITokenModel model)
    {
        lock (_lock)
        {
            _idle.Push((ScriptedTokenModel)model);
        }
    }

    public void Dispose()
    {
        Disposals++;
        LentAtDisposal = Lent;
    }
}
