namespace ArchRouter.Onnx.Tests;

/// <summary>Every file of a model folder that is JSON: what is wrong in it becomes a problem of that file, never another exception.</summary>
public sealed class DamagedJsonTests
{
    private static readonly (string File, Action<ModelFolderReport> Read)[] Readers =
    [
        ("router.json", report => EncoderDescriptionReader.Read(report)),
        ("router.json", report => RouterModelDescriptionReader.Read(report)),
        ("genai_config.json", report => GenAIConfigReader.Read(report)),
        ("tokenizer_config.json", report => ChatTemplateFile.Read(report)),
        ("tokenizer.json", report => WordPieceFile.Read("tokenizer.json", report)),
        ("tokenizer.json", report => BpeFile.Read("tokenizer.json", report)),
    ];

    // Values that no reader takes, put in the place of each field that any of them reads. The last is half a surrogate pair.
    private static readonly string[] Values = ["null", "[]", "{}", "[[]]", "true", "-1", "1e999", "\"\"", @"""\ud800""", @"{""\ud800"":""\ud800""}", @"[""\ud800""]"];

    private static readonly string[] Shapes =
    [
        "@",
        """{"k":@}""",
        """{"kind":@}""",
        """{"schema":1,"kind":"encoder","layout":@,"id":@,"model":@,"tokenizer":@,"window":@,"sha256":@,"dimensions":@,"max_tokens":@,"scale":@,"temperature":@}""",
        """{"schema":1,"kind":"decoder","id":@,"layout":@,"temperature":-2}""",
        """{"model":{"vocab_size":@,"eos_token_id":@,"decoder":{"filename":@,"inputs":{"input_ids":@},"outputs":@}}}""",
        """{"chat_template":@}""",
        """{"chat_template":[{"name":@,"template":@}]}""",
        """{"chat_template":[{"name":"default","template":@}]}""",
        """{"model":{"type":@,"vocab":@,"merges":@},"normalizer":@,"pre_tokenizer":@,"added_tokens":@}""",
        """{"model":{"type":"BPE","vocab":{},"merges":[@]},"added_tokens":[{"id":1,"content":@}]}""",
        """
        {"model":{"type":"WordPiece","continuing_subword_prefix":"##","max_input_chars_per_word":100,"vocab":{"\ud800":@}},
         "normalizer":{"type":"BertNormalizer","lowercase":true},"pre_tokenizer":{"type":"BertPreTokenizer"}}
        """,
    ];

    public static TheoryData<int, string> Cases
    {
        get
        {
            var cases = new TheoryData<int, string>();
            for (int reader = 0; reader < Readers.Length; reader++)
            {
                foreach (string shape in Shapes)
                {
                    cases.Add(reader, shape);
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Read_NamesTheFile(int reader, string shape)
    {
        string folder = Directory.CreateTempSubdirectory("archrouter-").FullName;
        try
        {
            (string file, Action<ModelFolderReport> read) = Readers[reader];
            foreach (string value in Values)
            {
                File.WriteAllText(Path.Combine(folder, file), shape.Replace("@", value, StringComparison.Ordinal));
                var report = new ModelFolderReport(folder);

                read(report);

                ModelFolderException error = Assert.Throws<ModelFolderException>(report.ThrowIfAny);
                Assert.All(error.Problems, problem => Assert.Equal(Path.Combine(folder, file), problem.FilePath));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
