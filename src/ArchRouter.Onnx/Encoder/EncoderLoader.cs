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

    private static EncoderRuntime Load(EncoderDescription description, WordPieceVocabulary vocabulary, EncoderOptions options, ModelFolderReport report) =>
        GraphSession.Open(description.ModelFile, options.IntraOpThreads, SetUp, report, session =>
        {
            EncoderGraph.Check(session, description, report);
            report.ThrowIfAny();
            var encoder = new OnnxTextEncoder(session, new WordPieceTokenizer(vocabulary), description);
            EncoderProbe.Check(encoder, description, vocabulary, report);
            report.ThrowIfAny();
            return new EncoderRuntime(encoder, description, options);
        });

    private static void SetUp(SessionOptions session)
    {
        // A library must not burn its host's processors between requests.
        session.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");

        // Processors without VNNI sum int8 products with saturation unless told otherwise, and would give other vectors than the model's.
        session.AddSessionConfigEntry("session.x64quantprecision", "1");
    }
}
