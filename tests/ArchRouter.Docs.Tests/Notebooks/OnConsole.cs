namespace ArchRouter.Docs.Tests.Notebooks;

/// <summary>Tests that take over the console, one at a time and with nothing beside them.</summary>
[CollectionDefinition(nameof(OnConsole), DisableParallelization = true)]
public sealed class OnConsole;
