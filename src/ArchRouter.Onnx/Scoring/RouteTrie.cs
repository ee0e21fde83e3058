namespace ArchRouter.Onnx;

/// <summary>All answers that the model may give, arranged by their tokens. Only branches cost a pass; what every answer shares is forced.</summary>
internal sealed class RouteTrie
{
    /// <summary>Arranges the spellings of candidates numbered from 0.</summary>
    /// <exception cref="ArgumentException">Two candidates are spelled alike, a spelling is the beginning of another's, or a candidate has none.</exception>
    public RouteTrie(IReadOnlyCollection<Spelling> spellings)
    {
        Candidates = spellings.Count == 0 ? 0 : spellings.Max(spelling => spelling.Candidate) + 1;
        if (spellings.Select(spelling => spelling.Candidate).Distinct().Count() != Candidates || Candidates == 0)
        {
            throw new ArgumentException("Every candidate needs a spelling.", nameof(spellings));
        }

        Root = Arrange([.. spellings], 0).Next;
        LongestPath = Root is null ? 0 : Longest(Root);
    }

    /// <summary>How many candidates there are.</summary>
    public int Candidates { get; }

    /// <summary>The first branch, or <see langword="null"/> if there is but one candidate.</summary>
    public TrieBranch? Root { get; }

    /// <summary>The most tokens that scoring appends to a prompt.</summary>
    public int LongestPath { get; }

    private static (TrieBranch? Next, int Candidate) Arrange(List<Spelling> spellings, int depth)
    {
        int[] first = spellings[0].Tokens;
        if (spellings.TrueForAll(spelling => spelling.Candidate == spellings[0].Candidate))
        {
            return (null, spellings[0].Candidate);
        }

        while (spellings.TrueForAll(spelling => depth < spelling.Tokens.Length && depth < first.Length && spelling.Tokens[depth] == first[depth]))
        {
            depth++;
        }

        // Whoever ends here has no token of its own to be told from the others by; closing characters keep names apart.
        if (spellings.Exists(spelling => spelling.Tokens.Length <= depth))
        {
            throw new ArgumentException("A candidate's spelling is the beginning of another's, or the same.", nameof(spellings));
        }

        TrieWay[] ways =
        [
            .. spellings.GroupBy(spelling => spelling.Tokens[depth]).OrderBy(group => group.Key).Select(group =>
            {
                (TrieBranch? next, int candidate) = Arrange([.. group], depth + 1);
                return new TrieWay(group.Key, next, candidate);
            }),
        ];
        return (new TrieBranch(first[..depth], ways, [.. spellings.Select(spelling => spelling.Candidate).Distinct().Order()]), -1);
    }

    private static int Longest(TrieBranch branch) => branch.Ways.Max(way => way.Next is null ? branch.Path.Length : Longest(way.Next));
}
