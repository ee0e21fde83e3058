namespace ArchRouter.Onnx.Tests;

/// <summary>A prompt layout without a tokenizer: one token for each letter.</summary>
internal sealed class LetterPrompts : IRoutePrompts
{
    private const int Line = 3;
    private const int Close = 4;
    private const int MostTokens = 1000;

    public int Compilations { get; private set; }

    public static int Token(char letter) => 5 + (letter % 800);

    public static RouterModelDescription Description => new("letters", null, 1);

    public ICompiledRoutes Compile(PolicySet policies)
    {
        Compilations++;
        int[] prefix = [Line, .. policies.SelectMany(policy => (int[])[.. Letters(policy.Name), Line, .. Letters(policy.Description), Line])];
        return prefix.Length < MostTokens ? new Compiled(policies, prefix) : throw new RouteTableException([new("routes", "Too many.", "Use fewer.")]);
    }

    private static IEnumerable<int> Letters(string text) => text.Select(Token);

    private sealed class Compiled(PolicySet policies, int[] prefix) : ICompiledRoutes
    {
        public RouteTrie Answers { get; } = new([
            .. policies.Select((policy, i) => new Spelling(i, [.. Letters(policy.Name), Close])),
            new(policies.Count, [.. Letters(RoutePolicy.Other), Close])]);

        public ReadOnlyMemory<int> Prefix => prefix;

        public int[] Prompt(ConversationWindow conversation) => [.. prefix, .. conversation.Messages.SelectMany(message => Letters(message.Text)), Line];
    }
}
