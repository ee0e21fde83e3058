namespace ArchRouter.OnnxGenAI.Tests;

/// <summary>An error that the library reports by its own exception.</summary>
internal sealed class StandInFault(string message) : Exception(message);
