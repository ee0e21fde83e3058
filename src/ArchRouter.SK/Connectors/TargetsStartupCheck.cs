namespace ArchRouter.SK;

/// <summary>Options without content: validating them when a host starts makes the targets be checked there, router or not.</summary>
internal sealed class TargetsStartupCheck;
