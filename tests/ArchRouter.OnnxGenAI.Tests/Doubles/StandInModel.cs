namespace ArchRouter.OnnxGenAI.Tests;

/// <summary>A model of the stand-in.</summary>
internal sealed class StandInModel(StandInLibrary library, string? provider, Action released) : IGenAIModel
{
    public IGenerator CreateGenerator(int maxLength)
    {
        if (maxLength <= 0 || maxLength > library.ContextLength)
        {
            throw new StandInFault($"max_length ({maxLength}) is above context_length ({library.ContextLength}).");
        }

        library.Note("generator");
        return new StandInGenerator(library, provider, maxLength);
    }

    public void Dispose()
    {
        library.Note("~model");
        released();
    }
}
