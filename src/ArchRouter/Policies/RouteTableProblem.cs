namespace ArchRouter;

/// <summary>One problem in a table of routes: where it is, what it is, and how to mend it.</summary>
/// <param name="Location">Where: a place in code (<c>route 'sql'</c>), a configuration path, or <c>file:line:column</c>.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Fix">How to mend it.</param>
public sealed record RouteTableProblem(string Location, string Message, string Fix)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Location}: {Message} {Fix}";
}
