using System.Text.Json;

namespace ArchRouter.Onnx;

/// <summary>Reads fields that a JSON object may leave out, or hold as null.</summary>
internal static class OptionalJson
{
    public static JsonElement? Find(this JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out JsonElement found) && found.ValueKind != JsonValueKind.Null ? found : null;

    public static int? Whole(this JsonElement json, string name) =>
        json.Find(name) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt32(out int value) ? value : null;

    public static bool? Flag(this JsonElement json, string name) => json.Find(name)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>A whole number or a list of them.</summary>
    public static IReadOnlyList<int>? Wholes(this JsonElement json, string name) => json.Find(name) switch
    {
        { ValueKind: JsonValueKind.Number } one when one.TryGetInt32(out int value) => [value],
        { ValueKind: JsonValueKind.Array } many when many.GetArrayLength() > 0 && many.EnumerateArray().All(item => item.ValueKind == JsonValueKind.Number && item.TryGetInt32(out _))
            => [.. many.EnumerateArray().Select(item => item.GetInt32())],
        _ => null,
    };
}
