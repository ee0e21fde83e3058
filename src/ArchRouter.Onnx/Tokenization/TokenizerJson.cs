using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Looks up parts of a <c>tokenizer.json</c> and reports what is not as expected.</summary>
internal sealed class TokenizerJson(JsonElement root, string file, ModelFolderReport report, string fix)
{
    public bool IsClean => report.IsClean;

    /// <summary>A part of the file; undefined where it is missing.</summary>
    public JsonElement this[params ReadOnlySpan<string> path] => Get(root, path);

    public static JsonElement Get(JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (string name in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(name, out element))
            {
                return default;
            }
        }

        return element;
    }

    /// <summary>Whether an element is missing, null, or one of these as text.</summary>
    public static bool IsUnset(JsonElement element, params ReadOnlySpan<string> same) =>
        element.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null || same.Contains(element.ToString());

    public static bool IsText(JsonElement element, string text) => element.ValueKind == JsonValueKind.String && element.ValueEquals(text);

    public static bool IsTrue(JsonElement element) => element.ValueKind == JsonValueKind.True;

    public void Wrong(string message) => report.Add(file, message, fix);

    /// <summary>A short rendering for messages.</summary>
    public static string Show(JsonElement element)
    {
        const int Longest = 200;
        string text = element.ValueKind == JsonValueKind.Undefined ? "missing" : element.GetRawText();
        return text.Length > Longest ? $"{text[..Longest]}…" : text;
    }
}
