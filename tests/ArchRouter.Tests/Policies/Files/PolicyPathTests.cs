namespace ArchRouter.Tests.Policies.Files;

// The current directory belongs to the whole process.
[CollectionDefinition(nameof(PolicyPathTests), DisableParallelization = true)]
[Collection(nameof(PolicyPathTests))]
public class PolicyPathTests
{
    [Fact]
    public void RelativePath_IsLookedForInTheCurrentDirectoryThenBesideTheApplication()
    {
        using var folder = new TemporaryFolder();
        string name = $"{Guid.NewGuid():n}.yaml";
        string beside = Path.Combine(AppContext.BaseDirectory, name);
        string before = Environment.CurrentDirectory;
        try
        {
            Environment.CurrentDirectory = folder.Path;
            File.WriteAllText(beside, "fallback: beside");
            Assert.Equal("beside", PolicyFile.Load(name).Default.Fallback[0].ServiceId);

            folder.Write(name, "fallback: current");
            Assert.Equal("current", PolicyFile.Load(name).Default.Fallback[0].ServiceId);
        }
        finally
        {
            Environment.CurrentDirectory = before;
            File.Delete(beside);
        }
    }
}
