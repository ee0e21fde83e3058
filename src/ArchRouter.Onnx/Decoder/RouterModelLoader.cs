namespace ArchRouter.Onnx;

/// <summary>Loads a router model from its folder: decoder, tokenizer and prompt layout, which must belong together.</summary>
internal static class RouterModelLoader
{
    private const string TokenizerFile = "tokenizer.json";

    /// <summary>The least part of a model's vocabulary that its tokenizer knows; models round up, but never far.</summary>
    private const double LeastKnown = 0.9;

    /// <exception cref="ModelFolderException">The folder cannot be used; every problem that could be known is listed.</exception>
    public static RouterModelRuntime Load(string folder, DecoderOptions options) => Load(
        folder, options, reserved: 0, (config, contents, report) => new DecoderPlaces(DecoderLoader.Load(config, contents, options, report), options.Slots));

    /// <summary>Loads the same for whatever runs the model.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="reserved">Tokens of the context that prompts and answers leave free.</param>
    /// <param name="open">Loads the model itself. Comes last, for it reads gigabytes.</param>
    /// <exception cref="ModelFolderException">The folder cannot be used; every problem that could be known is listed.</exception>
    public static RouterModelRuntime Load(string folder, DecoderOptions options, int reserved, Func<GenAIConfig, OnnxContents, ModelFolderReport, ITokenModels> open)
    {
        var report = new ModelFolderReport(folder);
        (GenAIConfig Config, OnnxContents Contents)? found = DecoderLoader.Describe(report);
        if (!Directory.Exists(folder))
        {
            report.ThrowIfAny();
        }

        RouterModelDescription? description = RouterModelDescriptionReader.Read(report);
        BpeTokenizer? tokenizer = BpeFile.Read(TokenizerFile, report);
        PromptLayout? layout = description is null ? null : FindLayout(description, options, report);
        report.ThrowIfAny();

        (GenAIConfig config, OnnxContents contents) = found!.Value;
        CheckVocabulary(tokenizer!, config, report);
        PromptCompiler? compiler = PromptCompiler.Create(layout!, tokenizer!, Math.Min(config.ContextLength, options.MaxContextTokens) - reserved, TokenizerFile, report);
        report.ThrowIfAny();

        return new RouterModelRuntime(open(config, contents, report), new LayoutPrompts(compiler!, layout!, tokenizer!), description!, options);
    }

    private static PromptLayout? FindLayout(RouterModelDescription description, DecoderOptions options, ModelFolderReport report)
    {
        string known = string.Join(", ", PromptLayouts.Ids);
        if ((description.Layout ?? options.Layout) is not { } id)
        {
            report.Add(RouterModelDescription.FileName, "Nothing says which prompt layout the model was trained on.", $"Write \"layout\" into the file or set DecoderOptions.Layout (in configuration: layout), to one of {known}.");
            return null;
        }

        if (!PromptLayouts.Ids.Contains(id))
        {
            report.Add(RouterModelDescription.FileName, $"The prompt layout '{id}' is not known.", $"Use one of {known}, or a newer ArchRouter.Onnx.");
            return null;
        }

        // A template that cannot be read does not matter to the layout that has its own frame.
        return id == PromptLayouts.CompactId ? PromptLayouts.Compact
            : ChatTemplateFile.Read(report) is { } frame ? PromptLayouts.Find(id, frame)
            : null;
    }

    private static void CheckVocabulary(BpeTokenizer tokenizer, GenAIConfig config, ModelFolderReport report)
    {
        const string Fix = "Take the tokenizer.json that belongs to the model.";
        if (tokenizer.VocabularySize > config.VocabularySize || tokenizer.VocabularySize < LeastKnown * config.VocabularySize)
        {
            report.Add(TokenizerFile, $"The tokenizer has {tokenizer.VocabularySize} tokens, but the model {config.VocabularySize}.", Fix);
        }
        else if (!config.EndTokens.Any(tokenizer.SpecialTokens.Contains))
        {
            report.Add(TokenizerFile, $"The model ends its answers with token {string.Join(" or ", config.EndTokens)}, which is no control token here.", Fix);
        }
    }
}
