namespace ArchRouter.OnnxGenAI;

/// <summary>Sees to it that DirectML has one model in the process: destroying one closes what all of them use.</summary>
internal sealed class SingleModel
{
    private string? _folder;

    /// <summary>Takes the place; disposing gives it up.</summary>
    /// <exception cref="InvalidOperationException">Another model has it.</exception>
    public IDisposable Take(string folder)
    {
        if (Interlocked.CompareExchange(ref _folder, folder, null) is { } other)
        {
            throw new InvalidOperationException(
                $"DirectML takes one model at a time in a process, and '{other}' is loaded. Dispose its engine first and wait for it, or make this one with the same folder and options to share its model.");
        }

        return new Claim(this);
    }

    private sealed class Claim(SingleModel single) : IDisposable
    {
        private SingleModel? _single = single;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _single, null) is { } held)
            {
                Volatile.Write(ref held._folder, null);
            }
        }
    }
}
