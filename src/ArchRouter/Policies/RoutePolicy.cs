namespace ArchRouter;

/// <summary>
/// A route policy: a name and a sentence or two in plain language that say which requests it covers.
/// This is all that a router model ever sees of a route; it knows nothing of targets.
/// </summary>
/// <remarks>The two-level taxonomy of domain and action follows the Arch-Router paper (arXiv 2506.16655).</remarks>
/// <param name="Name">
/// The name, 1 to <see cref="MaxNameLength"/> UTF-16 code units, unique in its table whatever the case. <c>other</c> is reserved for
/// "no policy fits". Control characters, <c>&lt;</c> and <c>&gt;</c> are not allowed.
/// </param>
/// <param name="Description">What the policy covers, 1 to <see cref="MaxDescriptionLength"/> UTF-16 code units.</param>
/// <param name="Domain">The domain that the policy belongs to, or <see langword="null"/>.</param>
public sealed record RoutePolicy(string Name, string Description, string? Domain = null)
{
    /// <summary>The label that stands for "no policy fits". No policy can have it as its name.</summary>
    public const string Other = "other";

    /// <summary>The longest name allowed, in UTF-16 code units.</summary>
    public const int MaxNameLength = 100;

    /// <summary>The longest description allowed, in UTF-16 code units. Router models read a sentence or two best.</summary>
    public const int MaxDescriptionLength = 1000;
}
