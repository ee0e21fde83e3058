namespace ArchRouter.OnnxGenAI.Tests;

public sealed class GenAILoadTests : IDisposable
{
    private readonly ModelFolder _folder = new();
    private readonly StandInLibrary _library = new(Scripts.Hash);

    public static TheoryData<Exception, string> MissingLibraries => new()
    {
        { new DllNotFoundException("Unable to load onnxruntime-genai."), "Add the package Microsoft.ML.OnnxRuntimeGenAI.DirectML" },
        { new TypeInitializationException("NativeMethods", new DllNotFoundException("onnxruntime-genai")), "Add the package Microsoft.ML.OnnxRuntimeGenAI.DirectML" },
        { new FileNotFoundException("Could not load.", "Microsoft.ML.OnnxRuntimeGenAI, Version=0.4.0.0, Culture=neutral"), "Add the package Microsoft.ML.OnnxRuntimeGenAI.DirectML" },
        { new EntryPointNotFoundException("OgaCreateConfig"), "another version" },
        { new BadImageFormatException(), "processor architecture" },
    };

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(MissingLibraries), DisableDiscoveryEnumeration = true)]
    public void Load_NamesThePackageThatIsMissing(Exception cause, string mend)
    {
        _library.OnCall = what => _ = what == "config" ? throw cause : 0;

        var error = Assert.Throws<GenAIUnavailableException>(() => Load(GenAIProvider.DirectML));

        Assert.Contains(mend, error.Message, StringComparison.Ordinal);
        Assert.Equal(GenAIProvider.DirectML, error.Provider);
        Assert.Same(cause, error.InnerException);
    }

    [Theory]
    [InlineData(GenAIProvider.Cuda, "CUDA execution provider is not enabled in this build.")]
    [InlineData(GenAIProvider.Cuda, "Cuda interface not available: Shared library load failure (see first error)")]
    [InlineData(GenAIProvider.Cuda, "LoadLibrary failed with error 126 when trying to load onnxruntime_providers_cuda.dll")]
    [InlineData(GenAIProvider.Cuda, "Failed to load library libonnxruntime_providers_cuda.so with error: libcudnn.so.9: cannot open shared object file")]
    [InlineData(GenAIProvider.DirectML, "DML execution provider is not supported in this build.")]
    [InlineData(GenAIProvider.DirectML, "DML provider requested, but the installed GenAI has not been built with DML support")]
    [InlineData(GenAIProvider.DirectML, "DirectML.dll not found")]
    public void Load_NamesTheProviderThatIsMissing(GenAIProvider provider, string message)
    {
        _library.OnCall = what => _ = what == "model" ? throw new StandInFault(message) : 0;

        var error = Assert.Throws<GenAIUnavailableException>(() => Load(provider));

        Assert.Contains($"Microsoft.ML.OnnxRuntimeGenAI.{provider}", error.Message, StringComparison.Ordinal);
        Assert.Equal(provider, error.Provider);
    }

    [Theory]
    [InlineData(GenAIProvider.DirectML, @"Exception during initialization: D:\onnxruntime\core\providers\dml\DmlExecutionProvider\src\DmlCommittedResourceAllocator.cpp(22): 8007000E Not enough memory resources are available.")]
    [InlineData(GenAIProvider.Cuda, "CUDAExecutionProvider: CUDA failure 2: out of memory")]
    [InlineData(GenAIProvider.Cuda, "/onnxruntime/core/framework/bfc_arena.cc: Failed to allocate memory for requested buffer of size 466747392 on the provider")]
    [InlineData(GenAIProvider.Cpu, "std::bad_alloc")]
    public void Load_SaysThatMemoryIsShort(GenAIProvider provider, string message)
    {
        _library.OnCall = what => _ = what == "model" ? throw new StandInFault(message) : 0;

        var error = Assert.Throws<ModelFolderException>(() => Load(provider));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(GenAIOptions.MaxContextTokens), error.Problems[0].Fix, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Load model from model.onnx failed: Fatal error: com.microsoft:GroupQueryAttention(-1) is not a registered function/op")]
    [InlineData("Could not find an implementation for GatherBlockQuantized(1) node in the registered execution providers")]
    [InlineData("core/providers/dml/DmlExecutionProvider/src/DmlGraphFusionHelper.cpp: 887A0005 The GPU device instance has been suspended.")]
    public void Load_DoesNotTakeAnotherErrorForAMissingProvider(string message)
    {
        _library.OnCall = what => _ = what == "model" ? throw new StandInFault(message) : 0;

        var error = Assert.Throws<ModelFolderException>(() => Load(GenAIProvider.DirectML));

        Assert.Equal(_folder.File_("model.onnx"), error.FilePath);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("package", error.Message, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Load_DoesNotTakeAMissingFileForAMissingLibrary()
    {
        _library.OnCall = what => _ = what == "model" ? throw new FileNotFoundException("It is gone.", _folder.File_("model.onnx.data")) : 0;

        Assert.Contains("It is gone.", Assert.Throws<ModelFolderException>(() => Load(GenAIProvider.DirectML)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_NamesTheFileThatTheLibraryRefuses()
    {
        _library.OnCall = what => _ = what == "model" ? throw new StandInFault("Load model failed: protobuf parsing failed.") : 0;

        var error = Assert.Throws<ModelFolderException>(() => Load(GenAIProvider.Cpu));

        Assert.Equal(_folder.File_("model.onnx"), error.FilePath);
        Assert.Contains("protobuf parsing failed", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("model")]
    [InlineData("generator")]
    [InlineData("append")]
    public async Task AFailedLoad_ReleasesWhatItHad(string step)
    {
        var engines = new GenAIEngines(new GenAIProcess(_library));
        _library.OnCall = what => _ = what == step ? throw new StandInFault("out of memory") : 0;
        Assert.Throws<ModelFolderException>(() => engines.Load(_folder, GenAIProvider.DirectML));
        Assert.Equal(_library.Events.Count(what => what == "config"), _library.Events.Count(what => what == "~config"));
        _library.OnCall = null;
        _library.Events.Clear();

        // DirectML's place is free again, and a failure is not kept.
        if (step != "model")
        {
            await using GenAIRouterEngine engine = engines.Load(_folder, GenAIProvider.DirectML);
            Assert.Equal(GenAIProvider.DirectML, engine.Provider);
        }
    }

    [Theory]
    [InlineData("genai_config.json")]
    [InlineData("model.onnx")]
    [InlineData("model.onnx.data")]
    public void Load_NamesAMissingFileBeforeTheLibraryIsAsked(string file)
    {
        File.Delete(_folder.File_(file));

        var error = Assert.Throws<ModelFolderException>(() => Load(GenAIProvider.Cpu));

        Assert.Contains(error.Problems, problem => problem.FilePath == _folder.File_(file));
        Assert.Empty(_library.Events);
    }

    [Fact]
    public void Load_NamesAMissingFolder()
    {
        string missing = _folder.File_("nowhere");

        var error = Assert.Throws<ModelFolderException>(() => new GenAIEngines(new GenAIProcess(_library))
            .Load(missing, Engines.Options(GenAIProvider.Cpu)));

        Assert.Equal(Path.GetFullPath(missing), Path.TrimEndingDirectorySeparator(error.FilePath));
    }

    [Fact]
    public void Load_RefusesLogitsUnderAnotherName()
    {
        _folder.Configure(json => json["model"]!["decoder"]!["outputs"]!["logits"] = "scores");

        Assert.Contains("'scores'", Assert.Throws<ModelFolderException>(() => Load(GenAIProvider.Cpu)).Message, StringComparison.Ordinal);
        Assert.Empty(_library.Events);
    }

    [Fact]
    public void Load_RefusesAnotherVocabulary()
    {
        _folder.Configure(json => json["model"]!["vocab_size"] = 1030);

        Assert.Contains("[1, 2, 1024]", Assert.Throws<ModelFolderException>(() => Load(GenAIProvider.Cpu)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_FindsOutThatRewindingGoesWrong()
    {
        bool rewound = false;
        var library = new StandInLibrary((sequence, token) => Scripts.Hash(sequence, token) + (rewound ? token % 5 : 0));
        library.OnCall = what => rewound = what == "generator" ? false : rewound || what == "rewind 0";
        var engines = new GenAIEngines(new GenAIProcess(library));

        var error = Assert.Throws<ModelFolderException>(() => engines.Load(_folder, GenAIProvider.DirectML));
        Assert.Contains(nameof(GenAIOptions.RecreateGenerator), error.Message, StringComparison.Ordinal);

        using GenAIRouterEngine engine = engines.Load(_folder, GenAIProvider.DirectML, options => options.RecreateGenerator = true);
        Assert.Equal(GenAIProvider.DirectML, engine.Provider);
    }

    [Fact]
    public void Load_SetsTheProviderWithItsOptions()
    {
        using GenAIRouterEngine engine = Load(GenAIProvider.DirectML, options =>
        {
            options.DeviceId = 1;
            options.ProviderOptions["luid"] = "0:42";
        });

        Assert.Equal(["handle", "config", "clear", "provider dml", "dml.device_index=1", "dml.luid=0:42", "model", "generator"], _library.Events.Take(8));
    }

    [Fact]
    public void Load_SetsTheDeviceOfCuda()
    {
        using GenAIRouterEngine engine = Load(GenAIProvider.Cuda, options => options.DeviceId = 2);

        Assert.Contains("cuda.device_id=2", _library.Events);
    }

    [Fact]
    public void Load_TakesTheFoldersProviderAwayForTheProcessor()
    {
        using GenAIRouterEngine engine = Load(GenAIProvider.Cpu);

        Assert.Equal(["handle", "config", "clear", "model", "generator"], _library.Events.Take(5));
    }

    [Fact]
    public void Load_LeavesTheHandleToItsOwner()
    {
        using GenAIRouterEngine engine = Load(GenAIProvider.Cpu, options => options.ShutDownAtExit = false);

        Assert.DoesNotContain("handle", _library.Events);
    }

    [Fact]
    public void Load_SetsTheLengthWithinTheModelsContext()
    {
        // The stand-in refuses a length above the context, 2,048 here as in the folder.
        using GenAIRouterEngine engine = Load(GenAIProvider.Cpu, options => options.MaxContextTokens = 100_000);

        Assert.Contains("generator", _library.Events);
    }

    private GenAIRouterEngine Load(GenAIProvider provider, Action<GenAIOptions>? configure = null) =>
        new GenAIEngines(new GenAIProcess(_library)).Load(_folder, provider, configure);
}
