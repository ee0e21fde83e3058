namespace ArchRouter;

/// <summary>What an adapter knows of the caller beyond the messages and options of a chat request.</summary>
/// <param name="FunctionName">The kernel function's name.</param>
/// <param name="PluginName">The kernel function's plugin.</param>
/// <param name="Hints">Hints that come before those of the options.</param>
/// <param name="IsUserAuthor">Which author names are the user's where the application does not say.</param>
internal sealed record ChatCaller(string? FunctionName, string? PluginName, RoutingHints Hints, Func<string, bool>? IsUserAuthor);
