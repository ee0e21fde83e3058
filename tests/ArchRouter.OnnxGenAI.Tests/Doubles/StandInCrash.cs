namespace ArchRouter.OnnxGenAI.Tests;

/// <summary>A use that would end the process, or go wrong without a word.</summary>
internal sealed class StandInCrash(string message) : Exception(message);
