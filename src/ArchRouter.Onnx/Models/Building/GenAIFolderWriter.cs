using Microsoft.Win32.SafeHandles;

namespace ArchRouter.Onnx;

/// <summary>Writes a decoder's folder under another name beside its place and moves it there when all of it is on the disk.</summary>
internal static class GenAIFolderWriter
{
    public const string TokenizerFile = "tokenizer.json";
    public const string TokenizerConfigFile = "tokenizer_config.json";
    public const string ChatTemplateFile = "chat_template.jinja";

    /// <param name="target">The folder to make.</param>
    /// <param name="plan">The graph and its weights.</param>
    /// <param name="config">The bytes of <c>genai_config.json</c>.</param>
    /// <param name="writeWeights">Fills the file of weights, which has its full length.</param>
    /// <param name="writeTokenizer">Puts the tokenizer's files into the folder that it is given.</param>
    public static void Write(string target, GenAIPlan plan, byte[] config, Action<SafeFileHandle> writeWeights, Action<string> writeTokenizer)
    {
        string place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(target));
        string parent = Path.GetDirectoryName(place) ?? throw new ArgumentException("The root of a disk cannot become a model folder.", nameof(target));
        RefuseExisting(place);
        Directory.CreateDirectory(parent);
        string work = $"{place}.{Guid.NewGuid():N}.partial";
        Directory.CreateDirectory(work);
        try
        {
            File.WriteAllBytes(Path.Combine(work, OnnxFile.Name), plan.Graph);
            File.WriteAllBytes(Path.Combine(work, GenAIConfigWriter.FileName), config);
            writeTokenizer(work);
            using (SafeFileHandle data = File.OpenHandle(Path.Combine(work, OnnxFile.DataName), FileMode.CreateNew, FileAccess.Write, FileShare.None, FileOptions.None, plan.DataLength))
            {
                RandomAccess.SetLength(data, plan.DataLength);
                writeWeights(data);
                RandomAccess.FlushToDisk(data);
            }

            RefuseExisting(place);
            if (Directory.Exists(place))
            {
                Directory.Delete(place);
            }

            Directory.Move(work, place);
        }
        catch
        {
            Remove(work);
            throw;
        }
    }

    /// <summary>Copies a file's bytes, but not its marks: a read-only file in a folder is in the way on Windows when the folder is deleted.</summary>
    public static void Copy(string file, string folder, string name) => File.WriteAllBytes(Path.Combine(folder, name), File.ReadAllBytes(file));

    private static void Remove(string work)
    {
        try
        {
            Directory.Delete(work, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // What failed before matters more to the caller, and the name says that the folder is not whole.
        }
    }

    private static void RefuseExisting(string place)
    {
        if (File.Exists(place) || (Directory.Exists(place) && Directory.EnumerateFileSystemEntries(place).Any()))
        {
            throw new ModelFolderException([new(place, "There is something at this place already.", "Name a folder that does not exist, or delete it first.")]);
        }
    }
}
