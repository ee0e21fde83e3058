using System.ClientModel.Primitives;
using System.Text.Json;
using Microsoft.Extensions.AI;
using ChatResponseFormat = OpenAI.Chat.ChatResponseFormat;

namespace ArchRouter.SK;

/// <summary>Says a response format in the form that OpenAI's connectors and chat clients both read: a word, or the JSON schema itself.</summary>
internal static class ResponseFormats
{
    // What the OpenAI connector makes of a type: names as they are in code, and everything required.
    private static readonly AIJsonSchemaCreateOptions AsConnector = new()
    {
        TransformOptions = new() { DisallowAdditionalProperties = true, RequireAllProperties = true },
    };

    /// <summary>The same format, or null where it cannot be said.</summary>
    public static object? Translate(object format)
    {
        try
        {
            return format switch
            {
                Type type => AIJsonUtilities.CreateJsonSchema(type, serializerOptions: JsonSerializerOptions.Default, inferenceOptions: AsConnector),
                ChatResponseFormat given => Read(given),
                _ => null,
            };
        }
#pragma warning disable CA1031 // A type of the application's of which no schema can be made: the target answers without, and the log says so.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }

    private static object? Read(ChatResponseFormat format)
    {
        JsonElement json = JsonElement.Parse(ModelReaderWriter.Write(format).ToMemory().Span);
        string? type = json.GetProperty("type").GetString();
        return type == "json_schema" ? json.GetProperty(type).GetProperty("schema") : type;
    }
}
