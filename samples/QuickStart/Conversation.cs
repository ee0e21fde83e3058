using Microsoft.SemanticKernel;

namespace QuickStart;

/// <summary>Messages, user and assistant in turn, asked of a kernel as a prompt function.</summary>
internal sealed class Conversation(IEnumerable<string> messages)
{
    private readonly List<string> _messages = [.. messages];

    public string Latest => _messages[^1];

    public int Count => _messages.Count;

    public void Add(string message) => _messages.Add(message);

    public Task<FunctionResult> AskAsync(Kernel kernel, CancellationToken cancellationToken)
    {
        // Texts travel as arguments: the template engine encodes them, so no text can pass for a message of its own.
        KernelArguments arguments = [];
        List<string> template = [];
        for (int i = 0; i < _messages.Count; i++)
        {
            arguments[$"m{i}"] = _messages[i];
            template.Add($"<message role=\"{(i % 2 == 0 ? "user" : "assistant")}\">{{{{$m{i}}}}}</message>");
        }

        return kernel.InvokePromptAsync(string.Concat(template), arguments, cancellationToken: cancellationToken);
    }
}
