namespace ArchRouter;

/// <summary>A router model's answer as read.</summary>
/// <param name="Policy">The position of the named policy; -1 for <c>other</c> and for anything that names no declared policy.</param>
/// <param name="Name">Where the name stands in the text, without its quotes; empty if there is none.</param>
internal readonly record struct RouteAnswer(int Policy, Range Name)
{
    private static readonly RouteAnswer Unreadable = new(-1, default);

    /// <summary>Whether the text names a policy or <c>other</c> in so many words.</summary>
    public bool IsNamed => !Name.Equals(default);

    /// <summary>Reads <c>{"route": "name"}</c> and what models make of it; never throws.</summary>
    /// <remarks>
    /// Taken: a code fence around it, single quotes as in Python, a list of names (the first declared one counts), <c>null</c>, a missing end
    /// after the value (cut by the stop sequence). Nothing else, least of all free text that happens to hold a name.
    /// </remarks>
    public static RouteAnswer Read(string text, PolicySet policies)
    {
        var scanner = new AnswerScanner(text);
        bool fenced = scanner.TakeFence();
        if (!scanner.Take('{') || !scanner.TakeText(out string key, out _) || key != "route" || !scanner.Take(':'))
        {
            return Unreadable;
        }

        RouteAnswer answer = Unreadable;
        if (scanner.Take('['))
        {
            while (!scanner.Take(']'))
            {
                if (!scanner.TakeText(out string item, out Range place))
                {
                    return Unreadable;
                }

                answer = answer.IsNamed ? answer : Named(item, place, policies);
                if (!scanner.Take(',') && !scanner.IsBefore(']'))
                {
                    return Unreadable;
                }
            }
        }
        else if (scanner.TakeText(out string name, out Range place))
        {
            answer = Named(name, place, policies);
        }
        else if (!scanner.TakeWord("null") && !scanner.TakeWord("None"))
        {
            return Unreadable;
        }

        bool closed = scanner.Take('}');
        if (closed && fenced)
        {
            scanner.TakeFence();
        }

        return scanner.IsAtEnd ? answer : Unreadable;
    }

    private static RouteAnswer Named(string name, Range place, PolicySet policies)
    {
        int policy = policies.IndexOf(name);
        return policy >= 0 || name == RoutePolicy.Other ? new(policy, place) : Unreadable;
    }
}
