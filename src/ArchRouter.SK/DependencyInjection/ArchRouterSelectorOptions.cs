namespace ArchRouter.SK;

/// <summary>How the selector sits in a kernel.</summary>
public sealed class ArchRouterSelectorOptions
{
    /// <summary>
    /// Whether the routed service also becomes the unkeyed <c>IChatCompletionService</c>, so that code which gets the service directly
    /// (<c>kernel.GetRequiredService&lt;IChatCompletionService&gt;()</c>) is routed too; <c>GetAllServices</c> then lists one more. Read by the
    /// first <c>AddArchRouterSelector</c>. Default: true.
    /// </summary>
    public bool RegisterDefaultService { get; set; } = true;

    /// <summary>
    /// Whether routing is switched off: every call is left to the selector that was there before, and no default service is registered.
    /// Default: false.
    /// </summary>
    public bool PassThrough { get; set; }
}
