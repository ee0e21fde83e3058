namespace Microsoft.ML.OnnxRuntimeGenAI;

public class OnnxRuntimeGenAIException : Exception
{
    internal OnnxRuntimeGenAIException(string message)
        : base(message)
    {
    }
}
