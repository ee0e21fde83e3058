using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK;

/// <summary>A kind of chat service that a target can name with the key <c>provider</c>.</summary>
/// <remarks>
/// Immutable and thread-safe. Add one of your own with <c>AddArchRouterTargetProvider</c>; one with the name of a provider that is there already
/// takes its place.
/// </remarks>
public sealed class TargetProvider
{
    /// <summary>Makes a provider.</summary>
    /// <param name="name">The name in configuration; <c>-</c>, <c>_</c> and case do not matter.</param>
    /// <param name="create">
    /// Makes the chat service of a target. It is called once for each target, when the target is first used, and the container disposes what it
    /// gives. A chat client becomes a service with <c>AsChatCompletionService()</c>, behind <c>UseKernelFunctionInvocation()</c> if it is to call tools.
    /// </param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public TargetProvider(string name, Func<IServiceProvider, TargetConnection, IChatCompletionService> create)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(create);
        Name = name;
        Create = create;
    }

    /// <summary>The name in configuration.</summary>
    public string Name { get; }

    /// <summary>What a target must give; anything missing is a problem at start-up. Default: <see cref="TargetFields.Model"/>.</summary>
    public TargetFields Requires { get; init; } = TargetFields.Model;

    /// <summary>What a target may give besides; anything else is a problem at start-up, for it would have no effect. Default: nothing.</summary>
    public TargetFields Takes { get; init; }

    /// <summary>The endpoint of targets that give none. Default: <see langword="null"/>.</summary>
    public Uri? DefaultEndpoint { get; init; }

    /// <summary>The environment variables that usually hold the key; the first one set counts. Default: none.</summary>
    public IReadOnlyList<string> ApiKeyVariables { get; init; } = [];

    internal Func<IServiceProvider, TargetConnection, IChatCompletionService> Create { get; }

    /// <summary>Whether the application has another way to sign in, so that a required key may be missing.</summary>
    internal Func<IServiceProvider, bool>? HasOtherCredential { get; init; }

    /// <summary>What is wrong with an endpoint for this provider alone; null for nothing.</summary>
    internal Func<Uri, (string Message, string Fix)?>? EndpointProblem { get; init; }

    internal bool Knows(TargetFields field) => ((Requires | Takes) & field) != 0;

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
