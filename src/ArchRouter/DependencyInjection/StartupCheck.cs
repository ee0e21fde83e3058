namespace ArchRouter;

/// <summary>Options without content: validating them when a host starts makes the router, and with it every check, run there.</summary>
internal sealed class StartupCheck;
