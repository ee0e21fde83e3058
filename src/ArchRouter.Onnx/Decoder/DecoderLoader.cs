using Microsoft.ML.OnnxRuntime;

namespace ArchRouter.Onnx;

/// <summary>Loads a decoder from its folder and checks everything that can be checked before the first request.</summary>
internal static class DecoderLoader
{
    /// <summary>Reads the description and looks at the files; quick, for no weight is read.</summary>
    public static (GenAIConfig Config, OnnxContents Contents)? Describe(ModelFolderReport report)
    {
        if (!Directory.Exists(report.Folder))
        {
            report.Add("", "The folder does not exist.", "Name a folder in the form of ONNX Runtime GenAI: genai_config.json, model.onnx, tokenizer.json.");
            return null;
        }

        if (GenAIConfigReader.Read(report) is not { } config || OnnxContentsReader.Read(config.ModelFile, report) is not { } contents)
        {
            return null;
        }

        OnnxContentsReader.CheckFiles(contents, config.ModelFile, report);
        return report.IsClean ? (config, contents) : null;
    }

    /// <summary>Loads the graph.</summary>
    /// <exception cref="ModelFolderException">The folder cannot be used; every problem that could be known is listed.</exception>
    public static DecoderSession Load(GenAIConfig config, OnnxContents contents, DecoderOptions options, ModelFolderReport report)
    {
        OrtTelemetry.TurnOff();
        InferenceSession? session = null;
        try
        {
            session = Open(report.PathOf(config.ModelFile), options);
            DecoderShape? shape = DecoderGraph.Check(session, config, contents, report);
            report.ThrowIfAny();
            shape = DecoderProbe.Check(session, shape!, report);
            report.ThrowIfAny();
            var decoder = new DecoderSession(session, shape!, Math.Min(config.ContextLength, options.MaxContextTokens), options.ChunkTokens);
            session = null;
            return decoder;
        }
        catch (OnnxRuntimeException error)
        {
            report.Add(config.ModelFile, $"ONNX Runtime cannot load the graph: {error.Message}", "Use a graph that this version of ONNX Runtime supports.", error);
            report.ThrowIfAny();
            throw;
        }
        finally
        {
            session?.Dispose();
        }
    }

    private static InferenceSession Open(string path, DecoderOptions options)
    {
        using var session = new SessionOptions
        {
            IntraOpNumThreads = options.IntraOpThreads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,

            // Memory patterns are kept for each input shape; with a shape for each prompt length they only pile up.
            EnableMemoryPattern = false,
        };

        // A pass is hundreds of small steps, so threads wait for the next one awake, but not between requests: those processors are the host's.
        session.AddSessionConfigEntry("session.force_spinning_stop", "1");
        return new InferenceSession(path, session);
    }
}
