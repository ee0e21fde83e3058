using ArchRouter.Onnx;

namespace ArchRouter.OnnxGenAI;

/// <summary>Turns what can go wrong while a model is loaded into an exception that says how to mend it.</summary>
internal static class LoadFailure
{
    // What the library and ONNX Runtime write where a provider was not built in or its own library does not load. The word "provider" alone says
    // nothing: it stands in the source paths of many other errors.
    private static readonly string[] ProviderIsMissing =
        ["execution provider is not", "provider requested, but", "interface not available", "DirectML.dll not found", "LoadLibrary failed", "Failed to load library"];

    private static readonly string[] MemoryIsShort =
        ["out of memory", "not enough memory", "bad allocation", "bad_alloc", "failed to allocate", "8007000E"];

    /// <summary>The library is not there, is of another version than its managed part, or was not compiled in.</summary>
    public static bool IsMissingLibrary(Exception error) => Cause(error) switch
    {
        DllNotFoundException or EntryPointNotFoundException or BadImageFormatException or PlatformNotSupportedException => true,
        FileNotFoundException missing => IsAssembly(missing.FileName),
        FileLoadException unfit => IsAssembly(unfit.FileName),
        _ => false,
    };

    public static GenAIUnavailableException MissingLibrary(Exception error, GenAIProvider provider)
    {
        ProviderTraits traits = ProviderTraits.Of(provider);
        string mend = Cause(error) switch
        {
            PlatformNotSupportedException => "",
            EntryPointNotFoundException => $" The native library is of another version than Microsoft.ML.OnnxRuntimeGenAI.Managed; use one version of {traits.Package} and it.",
            BadImageFormatException => " The native library is for another processor architecture than the process.",
            _ => $" Add the package {traits.Package} to the application, or set the MSBuild property ArchRouterBackend to a flavour that it has.",
        };
        return new GenAIUnavailableException(provider, $"ONNX Runtime GenAI cannot be used on {traits.Title}: {Cause(error).Message}{mend}", error);
    }

    /// <summary>The library is there but refuses: for the provider or for want of memory, if its message says so, or else for the folder.</summary>
    public static Exception Refusal(Exception error, GenAIProvider provider, string file, ModelFolderReport report)
    {
        ProviderTraits traits = ProviderTraits.Of(provider);
        bool memory = Says(error, MemoryIsShort);
        if (!memory && traits.Name is not null && Says(error, ProviderIsMissing))
        {
            return new GenAIUnavailableException(
                provider,
                $"ONNX Runtime GenAI cannot use {traits.Title}: {error.Message} Add the package {traits.Package} and keep other flavours of the library out of the application; or set GenAIOptions.Provider to another.",
                error);
        }

        var problem = new ModelFolderProblem(
            report.PathOf(file),
            $"ONNX Runtime GenAI cannot load the model on {traits.Title}: {error.Message}",
            memory
                ? $"Free memory there, lower GenAIOptions.{nameof(GenAIOptions.MaxContextTokens)}, or take a smaller model."
                : "If the message is about the graph, build the folder again for this provider, with a model builder of the library's version; else mend what it names.");
        return new ModelFolderException([problem], error);
    }

    private static bool Says(Exception error, string[] phrases) => Array.Exists(phrases, phrase => error.Message.Contains(phrase, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a file that could not be loaded is code: then its name is an assembly's, with a version.</summary>
    private static bool IsAssembly(string? name) => name?.Contains(", Version=", StringComparison.Ordinal) == true;

    private static Exception Cause(Exception error) => error is TypeInitializationException { InnerException: { } inner } ? Cause(inner) : error;
}
