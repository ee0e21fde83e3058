using System.Collections;
using System.Text.Json;

namespace ArchRouter;

/// <summary>The policies that a request may match, as its caller says it. A list that cannot be read allows nothing.</summary>
/// <param name="Names">The names; null allows all.</param>
/// <param name="Error">Why the list could not be read, if it could not.</param>
internal readonly record struct AllowedNames(IReadOnlyCollection<string>? Names, Exception? Error)
{
    /// <summary>A copy of a list of any kind. It is the application's, and may be lazy, changing or part of a document that is gone.</summary>
    public static AllowedNames Of(object? allowed)
    {
        try
        {
            return new(Read(allowed), null);
        }
#pragma warning disable CA1031 // The application's code; whatever it throws must not break the call.
        catch (Exception error)
#pragma warning restore CA1031
        {
            return new([], new InvalidOperationException("The names of the allowed policies cannot be read.", error));
        }
    }

    /// <summary>What both allow.</summary>
    public AllowedNames And(AllowedNames other) =>
        Names is null ? other
        : other.Names is null ? this
        : new([.. Names.Intersect(other.Names, StringComparer.OrdinalIgnoreCase)], Error ?? other.Error);

    /// <summary>The names in a list of any kind. A single text is one name: what limits a request must not be passed over.</summary>
    private static IReadOnlyCollection<string>? Read(object? allowed) => allowed switch
    {
        null or JsonElement { ValueKind: JsonValueKind.Null or JsonValueKind.Undefined } => null,
        IEnumerable<string> names => [.. names],
        JsonElement { ValueKind: JsonValueKind.Array } array => [.. array.EnumerateArray().Select(e => e.ToString())],
        IEnumerable list and not string => [.. list.Cast<object?>().Select(name => name?.ToString() ?? "")],
        _ => [allowed.ToString() ?? ""],
    };
}
