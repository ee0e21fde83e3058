using ArchRouter.Onnx;

namespace ArchRouter.OnnxGenAI;

/// <summary>A loaded model with its one place. Whoever runs on it keeps to one caller at a time.</summary>
/// <param name="place">The place; released first.</param>
/// <param name="owned">What it stands on, in the order in which it is released.</param>
internal sealed class GenAITokenModels(GenAIPlace place, IReadOnlyList<IDisposable> owned) : ITokenModels
{
    private int _lent;

    public int VocabularySize => place.VocabularySize;

    public int ContextLength => place.ContextLength;

    public ITokenModel Rent(ReadOnlySpan<int> prompt, int stable) =>
        Interlocked.Exchange(ref _lent, 1) == 0 ? place : throw new InvalidOperationException("The library takes one caller at a time.");

    public void Return(ITokenModel model) => Volatile.Write(ref _lent, 0);

    public void Dispose()
    {
        place.Dispose();
        foreach (IDisposable thing in owned)
        {
            thing.Dispose();
        }
    }
}
