using ArchRouter.Onnx;
using Microsoft.Extensions.AI;

namespace ArchRouter.Benchmarks;

/// <summary>The bundled encoder as an embedding generator, so that MEAI's router runs on the same model.</summary>
internal sealed class EncoderEmbeddings(EncoderRouterEngine engine) : IEmbeddingGenerator<string, Embedding<float>>
{
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(values.Select(v => new Embedding<float>(engine.Embed(v)))));

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
    }
}
