using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>
/// The options that targets get: the caller's, cloned once, without what is meant for the router and with each target's own settings where
/// the request leaves them open.
/// </summary>
/// <remarks>Cloned, never rebuilt: callers such as Semantic Kernel pass a subclass. Targets are asked one after another and share the clone.</remarks>
internal sealed class ForwardedOptions
{
    private readonly ChatOptions? _clone;
    private readonly float? _temperature;
    private readonly float? _topP;
    private readonly int? _maxOutputTokens;
    private readonly IList<AITool>? _tools;

    public ForwardedOptions(ChatOptions? options)
    {
        if (options is null)
        {
            return;
        }

        _clone = options.Clone();
        _clone.ModelId = null;
        RoutingHints.Strip(_clone);
        _temperature = _clone.Temperature;
        _topP = _clone.TopP;
        _maxOutputTokens = _clone.MaxOutputTokens;
        _tools = _clone.Tools;
    }

    /// <summary>The options for one target; null if the request has none and the target sets none.</summary>
    /// <param name="target">The target.</param>
    /// <param name="changeTools">What the target gets in place of the request's tools, if there are any.</param>
    public ChatOptions? For(RouteTarget target, Func<IList<AITool>, IList<AITool>> changeTools)
    {
        TargetSettings settings = target.Settings;
        if (_clone is null && settings is { Temperature: null, TopP: null, MaxOutputTokens: null })
        {
            return null;
        }

        // Set from the request each time, so that the settings of a target that failed do not stay for the next one.
        ChatOptions options = _clone ?? new ChatOptions();
        options.Temperature = _temperature ?? (float?)settings.Temperature;
        options.TopP = _topP ?? (float?)settings.TopP;
        options.MaxOutputTokens = _maxOutputTokens ?? settings.MaxOutputTokens;
        options.Tools = _tools is { Count: > 0 } ? changeTools(_tools) : _tools;
        return options;
    }
}
