namespace ArchRouter.Onnx;

/// <summary>Gives the weights that go into a folder.</summary>
internal interface IWeightSource
{
    /// <summary>Reads whole rows of a tensor; a vector has rows of one column.</summary>
    void Read(string tensor, int firstRow, int columns, Span<float> destination);
}
