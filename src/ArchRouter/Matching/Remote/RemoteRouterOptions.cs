using Microsoft.Extensions.AI;

namespace ArchRouter;

/// <summary>How a router model behind a chat client is asked.</summary>
/// <remarks>Read once when an engine is made; later changes are not observed.</remarks>
public sealed class RemoteRouterOptions
{
    /// <summary>
    /// Names the model in decisions. Default (<see langword="null"/>): the model id that the client's <see cref="ChatClientMetadata"/> tells,
    /// else <c>remote</c>.
    /// </summary>
    public string? EngineId { get; set; }

    /// <summary>Whether the server constrains the answer to the declared names. Default: <see cref="StructuredAnswers.Auto"/>.</summary>
    public StructuredAnswers Structured { get; set; } = StructuredAnswers.Auto;

    /// <summary>
    /// Reads the answer's tokens with their log-probabilities out of a response, or gives null where there are none. Default
    /// (<see langword="null"/>): they are not read, and the answer has <see cref="RemoteRouterEngine.AssumedProbability"/>.
    /// </summary>
    /// <remarks>Servers only send them when asked; ask in <see cref="ConfigureRequest"/>.</remarks>
    public Func<ChatResponse, IReadOnlyList<TokenLogProbability>?>? LogProbabilities { get; set; }

    /// <summary>Changes the options of each request before it is sent, for what one server needs and another does not know.</summary>
    public Action<ChatOptions>? ConfigureRequest { get; set; }

    /// <summary>How many of the latest messages are sent; 1 to <see cref="ConversationWindow.MaxMessages"/>. Default: 16.</summary>
    public int MaxMessages { get; set; } = ConversationWindow.MaxMessages;

    /// <summary>
    /// The most characters of the request that are sent, as they stand in the prompt, where one outside ASCII becomes six or twelve; 1 or more.
    /// A longer one keeps its start (60 %) and its end. Default: 4000.
    /// </summary>
    public int MaxRequestLength { get; set; } = 4000;

    /// <summary>The same for each message before the request; 1 or more. Default: 1000.</summary>
    public int MaxEarlierLength { get; set; } = 1000;

    /// <summary>The most requests that the server is sent at a time; 1 or more. Default: 16.</summary>
    public int MaxConcurrency { get; set; } = 16;

    /// <summary>
    /// The most requests that wait their turn; 0 or more. More are refused with <see cref="RouterOverloadedException"/>, because an answer that
    /// comes too late is worth less than a quick fallback. Default: 64.
    /// </summary>
    public int MaxQueue { get; set; } = 64;

    /// <exception cref="ArgumentException">An option is out of its range; all are listed.</exception>
    internal RemoteRouterOptions CheckedCopy()
    {
        List<string> problems = [];
        AtLeast(1, MaxMessages, nameof(MaxMessages), problems);
        AtLeast(1, MaxRequestLength, nameof(MaxRequestLength), problems);
        AtLeast(1, MaxEarlierLength, nameof(MaxEarlierLength), problems);
        AtLeast(1, MaxConcurrency, nameof(MaxConcurrency), problems);
        AtLeast(0, MaxQueue, nameof(MaxQueue), problems);
        if (MaxMessages > ConversationWindow.MaxMessages)
        {
            problems.Add($"{nameof(MaxMessages)} is {MaxMessages}; a window holds {ConversationWindow.MaxMessages}.");
        }

        if (!Enum.IsDefined(Structured))
        {
            problems.Add($"{nameof(Structured)} is {Structured}; use Auto, Always or Never.");
        }

        return problems.Count == 0
            ? (RemoteRouterOptions)MemberwiseClone()
            : throw new ArgumentException($"The remote router options are not valid: {string.Join(" ", problems)}");
    }

    private static void AtLeast(int least, int value, string name, List<string> problems)
    {
        if (value < least)
        {
            problems.Add($"{name} is {value}; use {least} or more.");
        }
    }
}
