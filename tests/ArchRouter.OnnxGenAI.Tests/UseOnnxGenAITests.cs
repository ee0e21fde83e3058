using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter.OnnxGenAI.Tests;

public sealed class UseOnnxGenAITests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Router_LoadsTheFolderWhenItIsResolved()
    {
        File.Delete(_folder.File_("model.onnx"));
        var services = new ServiceCollection();
        services.AddArchRouter()
            .AddRoutes(routes => routes.Route("a", "About a", to: "fast").Fallback("fast"))
            .UseOnnxGenAI(_folder.Path, options => options.Layout = "compact");
        using ServiceProvider provider = services.BuildServiceProvider();

        var error = Assert.Throws<ModelFolderException>(provider.GetRequiredService<PreferenceRouter>);

        Assert.Equal(_folder.File_("model.onnx"), error.FilePath);
    }

    [Fact]
    public void UseOnnxGenAI_NeedsAFolder()
    {
        ArchRouterBuilder builder = new ServiceCollection().AddArchRouter();

        Assert.Throws<ArgumentException>(() => builder.UseOnnxGenAI(" "));
    }
}
