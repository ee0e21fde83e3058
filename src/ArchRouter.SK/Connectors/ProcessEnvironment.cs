namespace ArchRouter.SK;

/// <summary>The environment variables of this process.</summary>
internal sealed class ProcessEnvironment : IEnvironmentVariables
{
    public string? Get(string name) => Environment.GetEnvironmentVariable(name);
}
