using Microsoft.ML.OnnxRuntime;

namespace ArchRouter.Onnx;

/// <summary>The keys and values of one sequence, for all layers.</summary>
internal interface IKeyValueCache : IDisposable
{
    /// <summary>Binds what is kept of the sequence, and room for what a run adds to it.</summary>
    void Bind(OrtIoBinding binding, int past, int added);

    /// <summary>Takes over what a run has added. Without it the run leaves no trace.</summary>
    void Keep(int past, int added);

    /// <summary>Cuts the sequence back.</summary>
    void Rewind(int from, int to);
}
