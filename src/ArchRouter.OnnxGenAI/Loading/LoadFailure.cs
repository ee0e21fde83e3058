using ArchRouter.Onnx;

namespace ArchRouter.OnnxGenAI;

/// <summary>Turns what can go wrong while a model is loaded into an exception that says how to mend it.</summary>
internal static class LoadFailure
{
    /// <summary>The library is not there, is of another version than its managed part, or was not compiled in.</summary>
    public static bool IsMissingLibrary(Exception error) => Cause(error) is DllNotFoundException or EntryPointNotFoundException
        or BadImageFormatException or FileNotFoundException or FileLoadException or PlatformNotSupportedException;

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

    /// <summary>The library is there but refuses: for the provider, if its message says so, or else for the folder.</summary>
    public static Exception Refusal(Exception error, GenAIProvider provider, string file, ModelFolderReport report)
    {
        ProviderTraits traits = ProviderTraits.Of(provider);
        if (traits.Name is not null && error.Message.Contains("provider", StringComparison.OrdinalIgnoreCase))
        {
            return new GenAIUnavailableException(
                provider,
                $"ONNX Runtime GenAI cannot use {traits.Title}: {error.Message} Add the package {traits.Package} and keep other flavours of the library out of the application; or set GenAIOptions.Provider to another.",
                error);
        }

        var problem = new ModelFolderProblem(
            report.PathOf(file),
            $"ONNX Runtime GenAI cannot load the model on {traits.Title}: {error.Message}",
            "Build the folder again for this provider, with a model builder of the library's version.");
        return new ModelFolderException([problem], error);
    }

    private static Exception Cause(Exception error) => error is TypeInitializationException { InnerException: { } inner } ? Cause(inner) : error;
}
