using System.Text.RegularExpressions;

namespace ArchRouter.Onnx;

/// <summary>Tells ids from folders.</summary>
internal static partial class ModelId
{
    public static bool IsId(string text) => Form().IsMatch(text) && !text.Contains("..", StringComparison.Ordinal) && !text.Contains("--", StringComparison.Ordinal);

    /// <summary>The id as one name of a folder; no other id has the same, for none holds two dashes in a row.</summary>
    public static string FolderName(string id) => id.Replace("/", "--", StringComparison.Ordinal);

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,95}/[A-Za-z0-9][A-Za-z0-9._-]{0,95}\z")]
    private static partial Regex Form();
}
