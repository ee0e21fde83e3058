using Microsoft.ML.OnnxRuntime;

namespace ArchRouter.Onnx;

/// <summary>Opens a graph on the processor the way every engine here needs it.</summary>
internal static class GraphSession
{
    /// <summary>Opens the graph, and makes something of it that owns it from then on; nothing stays open if that fails.</summary>
    /// <param name="file">The graph's file within the folder.</param>
    /// <param name="threads">How many threads one run uses.</param>
    /// <param name="setUp">Adds to the session's options.</param>
    /// <param name="report">Receives what is wrong.</param>
    /// <param name="make">Checks the session and makes its owner.</param>
    /// <exception cref="ModelFolderException">ONNX Runtime cannot load or run the graph.</exception>
    public static T Open<T>(string file, int threads, Action<SessionOptions> setUp, ModelFolderReport report, Func<InferenceSession, T> make)
    {
        OrtTelemetry.TurnOff();
        InferenceSession? session = null;
        try
        {
            session = Open(report.PathOf(file), threads, setUp);
            T owner = make(session);
            session = null;
            return owner;
        }
        catch (OnnxRuntimeException error)
        {
            report.Add(file, $"ONNX Runtime cannot load the graph: {error.Message}", "Use a graph that this version of ONNX Runtime supports.", error);
            report.ThrowIfAny();
            throw;
        }
        finally
        {
            session?.Dispose();
        }
    }

    private static InferenceSession Open(string path, int threads, Action<SessionOptions> setUp)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,

            // Memory patterns are kept for each input shape; with a shape for each text length they only pile up.
            EnableMemoryPattern = false,
        };
        setUp(options);
        return new InferenceSession(path, options);
    }
}
