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
    public static DecoderSession Load(GenAIConfig config, OnnxContents contents, DecoderOptions options, ModelFolderReport report) =>
        GraphSession.Open(config.ModelFile, options.IntraOpThreads, SetUp, report, session =>
        {
            DecoderShape? shape = DecoderGraph.Check(session, config, contents, report);
            report.ThrowIfAny();
            shape = DecoderProbe.Check(session, shape!, report);
            report.ThrowIfAny();

            // No run is longer than the context, and a chunk's logits are a buffer of their own.
            int contextLength = Math.Min(config.ContextLength, options.MaxContextTokens);
            return new DecoderSession(session, shape!, contextLength, Math.Min(options.ChunkTokens, contextLength));
        });

    /// <summary>A pass is hundreds of small steps, so threads wait for the next one awake, but not between requests: those processors are the host's.</summary>
    private static void SetUp(SessionOptions session) => session.AddSessionConfigEntry("session.force_spinning_stop", "1");
}
