namespace ArchRouter.OnnxGenAI.Tests;

public sealed class LibraryUseTests
{
    private readonly StandInLibrary _library = new(Scripts.Hash);

    [Fact]
    public void Close_ShutsDownOnceAndLast()
    {
        var use = new LibraryUse(_library.OpenHandle);
        use.Enter().Dispose();
        use.Enter().Dispose();

        use.Close();
        use.Close();

        Assert.Equal(["handle", "~handle"], _library.Events);
        Assert.Throws<InvalidOperationException>(use.Enter);
    }

    [Fact]
    public void Close_LeavesALoadedModelAlone()
    {
        var use = new LibraryUse(_library.OpenHandle);
        IDisposable model = use.Enter();

        use.Close();
        Assert.Equal(["handle"], _library.Events);

        model.Dispose();
        model.Dispose();
        use.Close();
        Assert.Equal(["handle", "~handle"], _library.Events);
    }

    [Fact]
    public void Close_DoesNotOpenWhatNobodyUsed()
    {
        new LibraryUse(_library.OpenHandle).Close();

        Assert.Empty(_library.Events);
    }
}
