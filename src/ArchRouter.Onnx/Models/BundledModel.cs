namespace ArchRouter.Onnx;

/// <summary>Finds the encoder that comes with the package.</summary>
internal static class BundledModel
{
    private static readonly string RelativePath = Path.Combine("models", "quickstart");

    /// <exception cref="ModelFolderException">It is in none of the places where it can be.</exception>
    public static string Find() => Find(AppContext.BaseDirectory, AssemblyFolder());

    internal static string Find(string baseFolder, string? assemblyFolder)
    {
        List<string> places = [Path.Combine(baseFolder, RelativePath)];
        if (!string.IsNullOrEmpty(assemblyFolder))
        {
            places.Add(Path.Combine(assemblyFolder, RelativePath));

            // Notebooks and scripts load the assembly from the package itself, where it lies in lib/net10.0.
            places.Add(Path.GetFullPath(Path.Combine(assemblyFolder, "..", "..", RelativePath)));
        }

        return places.Find(place => File.Exists(Path.Combine(place, EncoderDescription.FileName))) ?? throw new ModelFolderException([new(
            places[0],
            $"The bundled model was not found; looked in {string.Join(", ", places.Distinct())}.",
            "Reference the package ArchRouter.Onnx from the application's own project, which copies the folder to its output, or set EncoderOptions.ModelFolder.")]);
    }

#pragma warning disable IL3000 // In a single file the location is empty, and the first place is the right one.
    private static string? AssemblyFolder() => Path.GetDirectoryName(typeof(BundledModel).Assembly.Location);
#pragma warning restore IL3000
}
