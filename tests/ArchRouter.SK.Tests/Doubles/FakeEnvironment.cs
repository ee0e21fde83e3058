namespace ArchRouter.SK.Tests;

/// <summary>Environment variables of one test.</summary>
internal sealed class FakeEnvironment : Dictionary<string, string>, IEnvironmentVariables
{
    public string? Get(string name) => this.GetValueOrDefault(name);
}
