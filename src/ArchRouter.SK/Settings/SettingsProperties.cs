using System.Collections.Concurrent;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.SemanticKernel;

namespace ArchRouter.SK;

/// <summary>
/// The generation settings of a connector's settings type by their JSON names (<c>temperature</c>, <c>max_tokens</c>), which connectors
/// largely share.
/// </summary>
internal static class SettingsProperties
{
    private static readonly ConcurrentDictionary<Type, Dictionary<string, PropertyInfo>> ByType = new();
    private static readonly ConcurrentDictionary<Type, PropertyInfo?> ToolCallBehaviorOf = new();

    /// <summary>A setting by its JSON name, from the type's property or the extension data, ignoring case as connectors do; null when not set.</summary>
    public static object? Get(PromptExecutionSettings settings, string name)
    {
        if (Of(settings).TryGetValue(name, out PropertyInfo? property) && property.GetValue(settings) is { } value)
        {
            return value;
        }

        return settings.ExtensionData?.FirstOrDefault(pair => string.Equals(pair.Key, name, StringComparison.OrdinalIgnoreCase)).Value;
    }

    /// <summary>How tools are called, the way connectors said it before <see cref="FunctionChoiceBehavior"/>, which has no JSON name; null when not set.</summary>
    public static object? ToolCallBehavior(PromptExecutionSettings settings) =>
        ToolCallBehaviorOf.GetOrAdd(settings.GetType(), static type => type.GetProperty(nameof(ToolCallBehavior)))?.GetValue(settings);

    /// <summary>Sets a setting that is not set yet.</summary>
    public static void Fill(PromptExecutionSettings settings, string name, object? value)
    {
        if (value is null || Get(settings, name) is not null)
        {
            return;
        }

        if (Of(settings).TryGetValue(name, out PropertyInfo? property) && property.CanWrite && TryConvert(value, property.PropertyType, out object converted))
        {
            property.SetValue(settings, converted);
            return;
        }

        settings.ExtensionData ??= new Dictionary<string, object>();
        settings.ExtensionData[name] = value;
    }

    /// <summary>Everything that is set and can be written as JSON by any connector.</summary>
    public static Dictionary<string, object> ReadAll(PromptExecutionSettings settings)
    {
        Dictionary<string, object> all = settings.ExtensionData is { } data ? new(data) : [];
        foreach ((string name, PropertyInfo property) in Of(settings))
        {
            if (property.GetValue(settings) is { } value && IsPlain(value))
            {
                all[name] = value;
            }
        }

        return all;
    }

    /// <summary>Everything that is set and that only the settings' own connector can read.</summary>
    public static IEnumerable<(string Name, object Value)> NotPlain(PromptExecutionSettings settings)
    {
        foreach ((string name, PropertyInfo property) in Of(settings))
        {
            if (property.GetValue(settings) is { } value && !IsPlain(value))
            {
                yield return (name, value);
            }
        }
    }

    private static Dictionary<string, PropertyInfo> Of(PromptExecutionSettings settings) => ByType.GetOrAdd(settings.GetType(), Find);

    private static Dictionary<string, PropertyInfo> Find(Type type)
    {
        Dictionary<string, PropertyInfo> properties = new(StringComparer.Ordinal);
        foreach (PropertyInfo property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.DeclaringType != typeof(PromptExecutionSettings)
                && property.GetIndexParameters().Length == 0
                && property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always }
                && property.GetCustomAttribute<JsonPropertyNameAttribute>() is { Name: { } name })
            {
                properties.TryAdd(name, property);
            }
        }

        return properties;
    }

    private static bool TryConvert(object value, Type type, out object converted)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        bool possible = type == typeof(object) || (type.IsPrimitive && type != typeof(bool)) || type == typeof(decimal);
        converted = possible && type != typeof(object) ? Convert.ChangeType(value, type, CultureInfo.InvariantCulture) : value;
        return possible;
    }

    private static bool IsPlain(object value) => value switch
    {
        string or bool or Enum or JsonElement or JsonNode => true,
        IConvertible => true,
        IEnumerable<string> => true,
        IDictionary<string, string> or IDictionary<int, int> => true,
        _ => false,
    };
}
