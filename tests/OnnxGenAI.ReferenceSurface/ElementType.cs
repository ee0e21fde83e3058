namespace Microsoft.ML.OnnxRuntimeGenAI;

public enum ElementType : long
{
    undefined = 0,
    float32 = 1,
    float16 = 10,
}
