namespace ArchRouter.SK;

/// <summary>The process's environment, replaceable in tests because it is one for all of them.</summary>
internal interface IEnvironmentVariables
{
    string? Get(string name);
}
