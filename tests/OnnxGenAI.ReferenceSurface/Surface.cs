namespace Microsoft.ML.OnnxRuntimeGenAI;

/// <summary>What every member of this assembly does.</summary>
internal static class Surface
{
    private const string Message =
        "This build of ArchRouter.OnnxGenAI was compiled against a reference surface of Microsoft.ML.OnnxRuntimeGenAI and cannot run a model. " +
        "Build with -p:ArchRouterGenAIReference=package, or use the ArchRouter.OnnxGenAI package.";

    public static PlatformNotSupportedException Missing() => new(Message);
}
