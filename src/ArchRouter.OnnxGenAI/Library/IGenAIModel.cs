namespace ArchRouter.OnnxGenAI;

/// <summary>A loaded model.</summary>
internal interface IGenAIModel : IDisposable
{
    /// <summary>Makes a generator with room for a sequence, all of which it takes at once.</summary>
    /// <param name="maxLength">The longest sequence; the library's default is the model's whole context.</param>
    IGenerator CreateGenerator(int maxLength);
}
