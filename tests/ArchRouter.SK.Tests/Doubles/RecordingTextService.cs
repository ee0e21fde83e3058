using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.TextGeneration;

namespace ArchRouter.SK.Tests;

/// <summary>A text generation service that answers with its own name and keeps the prompts it was given.</summary>
internal sealed class RecordingTextService(string name, string? modelId = null) : ITextGenerationService
{
    private readonly ConcurrentQueue<string> _prompts = new();

    public IReadOnlyCollection<string> Prompts => _prompts;

    public IReadOnlyDictionary<string, object?> Attributes { get; } = new Dictionary<string, object?> { ["ModelId"] = modelId };

    public Task<IReadOnlyList<TextContent>> GetTextContentsAsync(
        string prompt, PromptExecutionSettings? executionSettings = null, Kernel? kernel = null, CancellationToken cancellationToken = default)
    {
        _prompts.Enqueue(prompt);
        return Task.FromResult<IReadOnlyList<TextContent>>([new TextContent(name)]);
    }

    public async IAsyncEnumerable<StreamingTextContent> GetStreamingTextContentsAsync(
        string prompt,
        PromptExecutionSettings? executionSettings = null,
        Kernel? kernel = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.Yield();
        _prompts.Enqueue(prompt);
        yield return new StreamingTextContent(name);
    }
}
