using Microsoft.ML.OnnxRuntime;

namespace ArchRouter.Onnx;

/// <summary>Loads an encoder from its folder and checks everything that can be checked before the first request.</summary>
internal static class EncoderLoader
{
    /// <exception cref="ModelFolderException">The folder cannot be used; every problem that could be known is listed.</exception>
    public static EncoderRuntime Load(string folder, EncoderOptions options)
    {
        var report = new ModelFolderReport(folder);
        if (!Directory.Exists(folder))
        {
            report.Add("", "The folder does not exist.", "Name a folder that holds router.json, model.onnx and tokenizer.json.");
            report.ThrowIfAny();
        }

        EncoderDescription? description = EncoderDescriptionReader.Read(report);
        if (description is null)
        {
            report.ThrowIfAny();
        }

        FileHashes.Check(description!, report);
        WordPieceVocabulary? vocabulary = File.Exists(report.PathOf(description!.TokenizerFile)) ? WordPieceFile.Read(description.TokenizerFile, report) : null;
        report.ThrowIfAny();
        return Load(description, vocabulary!, options, report);
    }

    private static EncoderRuntime Load(EncoderDescription description, WordPieceVocabulary vocabulary, EncoderOptions options, ModelFolderReport report)
    {
        OrtTelemetry.TurnOff();
        InferenceSession? session = null;
        try
        {
            session = Open(report.PathOf(description.ModelFile), options);
            EncoderGraph.Check(session, description, report);
            report.ThrowIfAny();
            var encoder = new OnnxTextEncoder(session, new WordPieceTokenizer(vocabulary), description);
            EncoderProbe.Check(encoder, description, vocabulary, report);
            report.ThrowIfAny();
            session = null;
            return new EncoderRuntime(encoder, description, options);
        }
        catch (OnnxRuntimeException error)
        {
            report.Add(description.ModelFile, $"ONNX Runtime cannot load the graph: {error.Message}", "Use a graph that this version of ONNX Runtime supports.", error);
            report.ThrowIfAny();
            throw;
        }
        finally
        {
            session?.Dispose();
        }
    }

    private static InferenceSession Open(string path, EncoderOptions options)
    {
        using var session = new SessionOptions
        {
            IntraOpNumThreads = options.IntraOpThreads,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,

            // Memory patterns are kept for each input shape; with a shape for each text length they only pile up.
            EnableMemoryPattern = false,
        };

        // A library must not burn its host's processors between requests.
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");

        // Processors without VNNI sum int8 products with saturation unless told otherwise, and would give other vectors than the model's.
        session.AddSessionConfigEntry("session.x64quantprecision", "1");
        return new InferenceSession(path, session);
    }
}
