using Microsoft.Extensions.DependencyInjection;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;
using Microsoft.SemanticKernel.Connectors.Google;
using Microsoft.SemanticKernel.Connectors.Onnx;
using Microsoft.SemanticKernel.Services;

namespace ArchRouter.SK.Tests;

/// <summary>The providers of the packages whose connectors cannot be restored everywhere, on the reference surface.</summary>
public sealed class ConditionalProviderTests : IDisposable
{
    private readonly TargetStage _stage = new() { Configure = services => services.AddOnnxTargets().AddGeminiTargets() };

    public void Dispose() => _stage.Dispose();

    [Theory]
    [InlineData("", "models")]
    [InlineData(""","model":"phi-4" """, "phi-4")]
    public void Onnx_GetsPathAndModel(string model, string expected)
    {
        // Beside the application, where the bundled encoder's folder is.
        using ServiceProvider provider = _stage.Services($$"""{"t":{"provider":"onnx","path":"models"{{model}}} }""").BuildServiceProvider();

        var service = Assert.IsType<OnnxRuntimeGenAIChatCompletionService>(provider.GetRequiredKeyedService<IChatCompletionService>("t"));

        Assert.Equal(Path.Combine(AppContext.BaseDirectory, "models"), service.SurfaceModelPath);
        Assert.Equal(expected, service.GetModelId());
    }

    [Fact]
    public void Onnx_NeedsAPath()
    {
        RouteTableProblem problem = Assert.Single(_stage.Problems("""{"t":{"provider":"onnx","model":"phi-4"}}"""));

        Assert.Equal("The target 't' (onnx) has no 'path'.", problem.Message);
    }

    [Fact]
    public void Onnx_NeedsThePathToBeThere()
    {
        RouteTableProblem problem = Assert.Single(_stage.Problems("""{"t":{"provider":"onnx","path":"no/such/folder"}}"""));

        Assert.Equal("The path of the target 't' does not exist.", problem.Message);
        Assert.EndsWith("path", problem.Location, StringComparison.Ordinal);
    }

    [Fact]
    public void Gemini_GetsModelKeyAndClient()
    {
        _stage.Environment["GEMINI_API_KEY"] = "key-1";
        using ServiceProvider provider = _stage.Services("""{"t":{"provider":"gemini","model":"gemini-2.5-pro"}}""").BuildServiceProvider();

        var service = Assert.IsType<GoogleAIGeminiChatCompletionService>(provider.GetRequiredKeyedService<IChatCompletionService>("t"));

        Assert.Equal("gemini-2.5-pro", service.GetModelId());
        Assert.Equal("key-1", service.Surface.Key);
        Assert.NotNull(service.Surface.Client);
    }
}
