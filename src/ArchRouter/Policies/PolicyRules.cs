using System.Buffers;
using System.Text;

namespace ArchRouter;

/// <summary>What makes a policy's name and description acceptable.</summary>
internal static class PolicyRules
{
    /// <summary>Checks policies on their own and against each other.</summary>
    /// <param name="policies">The policies in order.</param>
    /// <param name="locate">Says where a policy stands in its source; by default its name.</param>
    public static List<RouteTableProblem> Check(IReadOnlyList<RoutePolicy> policies, Func<int, string>? locate = null)
    {
        List<RouteTableProblem> problems = [];
        Dictionary<string, int> seen = new(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < policies.Count; i++)
        {
            RoutePolicy policy = policies[i] ?? throw new ArgumentException("A policy is null.", nameof(policies));
            string where = locate?.Invoke(i) ?? DefaultLocation(policy, i);
            CheckName(policy.Name, where, "route", problems);
            CheckDescription(policy.Description, where, problems);
            if (policy.Domain is not null)
            {
                CheckName(policy.Domain, where, "domain", problems);
            }

            if (!string.IsNullOrWhiteSpace(policy.Name) && !seen.TryAdd(policy.Name, i))
            {
                problems.Add(new(where, $"The name '{Printable(policy.Name)}' is used twice.", "Names must differ by more than case: rename one, or merge the two descriptions."));
            }
        }

        return problems;
    }

    internal static void CheckName(string? name, string where, string what, List<RouteTableProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(name))
        {
            problems.Add(new(where, $"The {what} has no name.", "Give it a short name such as 'code_generation'."));
            return;
        }

        if (name.Length > RoutePolicy.MaxNameLength)
        {
            problems.Add(new(where, $"The {what} name has {name.Length} characters.", $"Use at most {RoutePolicy.MaxNameLength}."));
        }

        if (string.Equals(name.Trim(), RoutePolicy.Other, StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(new(where, $"The {what} name 'other' is reserved for requests that no policy fits.", "Remove it and let the fallback serve them, or choose another name."));
        }

        if (name.AsSpan().IndexOfAny('<', '>') >= 0 || HasControl(name))
        {
            problems.Add(new(where, $"The {what} name '{Printable(name)}' has a control character, '<' or '>'.", "Use letters, digits, spaces and '_ . -'."));
        }
        else if (!IsUnicode(name))
        {
            problems.Add(new(where, $"The {what} name '{Printable(name)}' has half of a surrogate pair, which is no character.", "Use letters, digits, spaces and '_ . -'."));
        }
        else if (name.Length != name.Trim().Length)
        {
            problems.Add(new(where, $"The {what} name '{name}' begins or ends with white space.", "Remove it."));
        }
    }

    private static void CheckDescription(string? description, string where, List<RouteTableProblem> problems)
    {
        if (string.IsNullOrWhiteSpace(description))
        {
            problems.Add(new(where, "The description is empty.", "Say in a sentence which requests the route is for: it is all that the router model knows of it."));
        }
        else if (description.Length > RoutePolicy.MaxDescriptionLength)
        {
            problems.Add(new(where, $"The description has {description.Length} characters.", $"Use at most {RoutePolicy.MaxDescriptionLength}; router models read a sentence or two best."));
        }
        else if (HasControl(description, allowLineBreaks: true))
        {
            problems.Add(new(where, "The description has a control character.", "Use plain text."));
        }
        else if (!IsUnicode(description))
        {
            problems.Add(new(where, "The description has half of a surrogate pair, which is no character.", "Use plain text."));
        }
    }

    internal static string Printable(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? $"\\u{(int)c:x4}" : c.ToString()));

    private static bool HasControl(string text, bool allowLineBreaks = false) =>
        text.Any(c => char.IsControl(c) && !(allowLineBreaks && c is '\n' or '\r' or '\t'));

    // Router models read UTF-8, in which every lone surrogate would become the same replacement character.
    private static bool IsUnicode(string text)
    {
        int length = 1;
        for (int i = 0; i < text.Length; i += length)
        {
            if (Rune.DecodeFromUtf16(text.AsSpan(i), out _, out length) != OperationStatus.Done)
            {
                return false;
            }
        }

        return true;
    }

    private static string DefaultLocation(RoutePolicy policy, int index) =>
        string.IsNullOrWhiteSpace(policy.Name) ? $"route {index + 1}" : $"route '{Printable(policy.Name)}'";
}
