namespace ArchRouter;

/// <summary>Asks the application which agent calls, where the request does not say it.</summary>
/// <remarks>The ambient trace is no source, though agent frameworks write the name there: whether a call is traced must not change its route.</remarks>
internal static class CallingAgent
{
    public static string? Find(PreferenceRouter router)
    {
        try
        {
            return RoutingHints.Known(router.FindAgentName?.Invoke());
        }
#pragma warning disable CA1031 // The application's code; a name that cannot be found must not break the call.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
