using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace ArchRouter.OnnxGenAI.Tests;

public sealed class AddOnnxGenAIEngineTests : IDisposable
{
    private readonly ModelFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("onnx-genai")]
    [InlineData("auto")]
    public void Section_LoadsTheFolderWhenTheRouterIsResolved(string engine)
    {
        File.Delete(_folder.File_("model.onnx"));
        using ServiceProvider provider = Build(engine, "compact");

        var error = Assert.Throws<ModelFolderException>(provider.GetRequiredService<PreferenceRouter>);

        Assert.Equal(_folder.File_("model.onnx"), error.FilePath);
    }

    [Fact]
    public void UnknownLayout_IsReported()
    {
        using ServiceProvider provider = Build("onnx-genai", "long");

        Assert.Contains("'long'", Assert.Throws<RouteTableException>(provider.GetRequiredService<PreferenceRouter>).Message, StringComparison.Ordinal);
    }

    private ServiceProvider Build(string engine, string layout)
    {
        IConfigurationRoot configuration = new ConfigurationBuilder()
            .AddInMemoryCollection([new("r:router:engine", engine), new("r:router:model", _folder.Path), new("r:router:layout", layout)])
            .Build();
        return new ServiceCollection()
            .AddArchRouter(routes => routes.Route("a", "About a", to: "fast").Fallback("fast"))
            .AddOnnxGenAIEngine()
            .AddConfiguration(configuration.GetSection("r"))
            .Services.BuildServiceProvider();
    }
}
