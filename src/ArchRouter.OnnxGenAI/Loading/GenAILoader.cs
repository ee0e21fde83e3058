using ArchRouter.Onnx;

namespace ArchRouter.OnnxGenAI;

/// <summary>Loads a model whose folder has been looked through, and runs it once.</summary>
internal static class GenAILoader
{
    /// <summary>
    /// Tokens of the context that no sequence takes: at the length that the library is told, its versions differ in what they do.
    /// </summary>
    public const int Reserved = 1;

    /// <param name="config">What the folder says of itself.</param>
    /// <param name="options">Checked options.</param>
    /// <param name="process">The library.</param>
    /// <param name="report">Names the folder.</param>
    /// <exception cref="ModelFolderException">The folder cannot be used.</exception>
    /// <exception cref="GenAIUnavailableException">The library or the provider is not there.</exception>
    /// <exception cref="InvalidOperationException">DirectML has another model loaded.</exception>
    public static GenAITokenModels Load(GenAIConfig config, GenAIOptions options, GenAIProcess process, ModelFolderReport report)
    {
        if (config.Names.Logits != LastLogits.Output)
        {
            report.Add(GenAIConfig.FileName, $"The graph's logits are called '{config.Names.Logits}'; this engine reads '{LastLogits.Output}'.", "Build the folder again with ONNX Runtime GenAI's model builder.");
            report.ThrowIfAny();
        }

        OrtTelemetry.TurnOff();

        // Newest first, which is the order of release: generator, model, configuration, then what the process has once.
        var owned = new Stack<IDisposable>();
        try
        {
            if (options.Provider == GenAIProvider.DirectML)
            {
                owned.Push(process.DirectML.Take(report.Folder));
            }

            GenAITokenModels models = Open(config, options, process, owned, report.Folder);
            ITokenModel probed = models.Rent([], 0);
            GenAIProbe.Check(probed, config.ModelFile, report);
            models.Return(probed);
            report.ThrowIfAny();
            return models;
        }
        catch (Exception error)
        {
            Release(owned);
            if (LoadFailure.IsMissingLibrary(error))
            {
                throw LoadFailure.MissingLibrary(error, options.Provider);
            }

            if (process.Library.IsFault(error) || error is IOException)
            {
                throw LoadFailure.Refusal(error, options.Provider, config.ModelFile, report);
            }

            throw;
        }
    }

    private static GenAITokenModels Open(GenAIConfig config, GenAIOptions options, GenAIProcess process, Stack<IDisposable> owned, string folder)
    {
        if (options.ShutDownAtExit)
        {
            owned.Push(process.Use.Enter());
        }

        ProviderTraits traits = ProviderTraits.Of(options.Provider);
        IGenAIConfig settings = Own(process.Library.OpenConfig(folder), owned);
        ProviderSetup.Apply(settings, traits, options);
        IGenAIModel model = Own(process.Library.LoadModel(settings), owned);

        int maxLength = Math.Min(config.ContextLength, options.MaxContextTokens);
        IDisposable[] below = [.. owned];
        var slot = Own(new GeneratorSlot(model, maxLength, options.RecreateGenerator), owned);
        return new GenAITokenModels(new GenAIPlace(slot, traits, maxLength - Reserved, config.VocabularySize, options.ChunkTokens), below);
    }

    private static T Own<T>(T thing, Stack<IDisposable> owned)
        where T : IDisposable
    {
        owned.Push(thing);
        return thing;
    }

    private static void Release(Stack<IDisposable> owned)
    {
        while (owned.TryPop(out IDisposable? thing))
        {
            thing.Dispose();
        }
    }
}
