using Microsoft.Extensions.Logging;

namespace ArchRouter;

/// <summary>The log messages. Information stays silent per call; message contents appear only in methods named Sensitive, at Trace.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Debug, "Routed {Step}{Caller}: {Decision}")]
    public static partial void Decided(ILogger logger, StepKind step, string caller, RoutingDecision decision);

    // Warning, not Error: the call itself goes on, with the fallback.
    [LoggerMessage(2, LogLevel.Warning, "Routing ended in {Outcome}; the fallback '{ServiceId}' serves.")]
    public static partial void RoutingFailed(ILogger logger, RoutingOutcome outcome, string serviceId, Exception? error);

    [LoggerMessage(3, LogLevel.Trace, "Request: {Text} Routed: {Reason}")]
    public static partial void DecidedSensitive(ILogger logger, string text, string reason);

    [LoggerMessage(4, LogLevel.Warning, "The target '{ServiceId}' failed before any output; trying '{Next}'.")]
    public static partial void FailedOver(ILogger logger, string serviceId, string next, Exception error);

    [LoggerMessage(6, LogLevel.Warning, "The engine set in code is used; what {Location} says of an engine is not.")]
    public static partial void EngineFromCode(ILogger logger, string location);

    // Warning: routing goes on with the other engine's answers, so nothing else tells that one is down.
    [LoggerMessage(5, LogLevel.Warning, "An engine of the cascade failed ({Outcome}); the other one's answer counts.")]
    public static partial void CascadeBroken(ILogger logger, CascadeOutcome outcome, Exception? error);

    [LoggerMessage(7, LogLevel.Warning, "A selector that was registered after AddArchRouterSelector() took its place, so kernel functions are not routed. Register it before, and ArchRouter asks it where a call names its own service.")]
    public static partial void SelectorReplaced(ILogger logger);

    [LoggerMessage(8, LogLevel.Warning, "The target '{ServiceId}' cannot be told '{Setting}' of {SettingsType}, so it answers without. Logged once for each target.")]
    public static partial void SettingLost(ILogger logger, string setting, string settingsType, string serviceId);
}
