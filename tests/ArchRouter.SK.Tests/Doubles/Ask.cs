using System.Text;
using Microsoft.SemanticKernel;
using Microsoft.SemanticKernel.ChatCompletion;

namespace ArchRouter.SK.Tests;

/// <summary>Asks the same thing with and without streaming, so that one theory covers both paths.</summary>
internal static class Ask
{
    public static async Task<(string Text, RoutingDecision? Decision)> PromptAsync(
        Kernel kernel, string prompt, bool streaming, KernelArguments? arguments = null, CancellationToken token = default)
    {
        if (!streaming)
        {
            FunctionResult result = await kernel.InvokePromptAsync(prompt, arguments, cancellationToken: token);
            return (result.ToString(), result.GetRoutingDecision());
        }

        StringBuilder text = new();
        RoutingDecision? decision = null;
        await foreach (StreamingKernelContent update in kernel.InvokePromptStreamingAsync(prompt, arguments, cancellationToken: token))
        {
            text.Append(update);
            decision ??= update.GetRoutingDecision();
        }

        return (text.ToString(), decision);
    }

    public static async Task<(string Text, RoutingDecision? Decision)> ServiceAsync(
        IChatCompletionService service, ChatHistory history, bool streaming, PromptExecutionSettings? settings = null, Kernel? kernel = null,
        Func<Task>? afterUpdate = null, CancellationToken token = default)
    {
        if (!streaming)
        {
            ChatMessageContent message = (await service.GetChatMessageContentsAsync(history, settings, kernel, token))[0];
            return (message.Content ?? "", message.GetRoutingDecision());
        }

        StringBuilder text = new();
        RoutingDecision? decision = null;
        await foreach (StreamingChatMessageContent update in service.GetStreamingChatMessageContentsAsync(history, settings, kernel, token))
        {
            text.Append(update.Content);
            decision ??= update.GetRoutingDecision();
            await (afterUpdate?.Invoke() ?? Task.CompletedTask);
        }

        return (text.ToString(), decision);
    }
}
