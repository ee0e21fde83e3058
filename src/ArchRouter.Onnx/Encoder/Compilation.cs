namespace ArchRouter.Onnx;

/// <summary>A policy set that is being compiled, and how many callers wait for it. Read and changed under its owner's lock.</summary>
#pragma warning disable CA1001 // The source has no timer and links to nothing, so there is nothing of it to dispose.
internal sealed class Compilation(PolicySet policies)
#pragma warning restore CA1001
{
    private readonly CancellationTokenSource _givenUp = new();

    public PolicySet Policies => policies;

    /// <summary>The work, from the moment that the first caller waits.</summary>
    public Task<CompiledTable>? Work { get; set; }

    /// <summary>How many callers wait.</summary>
    public int Waiting { get; set; }

    /// <summary>Whether the work has its leave to run.</summary>
    public bool IsRunning { get; set; }

    /// <summary>Fires when the work need not begin any more.</summary>
    public CancellationToken GivenUp => _givenUp.Token;

    public void GiveUp() => _givenUp.Cancel();
}
