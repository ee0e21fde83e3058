namespace ArchRouter.Onnx.Tests;

public sealed class RouteTrieTests
{
    [Fact]
    public void Trie_HasABranchOnlyWhereAnswersPart()
    {
        var trie = new RouteTrie([new(0, [1, 2, 3, 4]), new(1, [1, 2, 5]), new(2, [1, 2, 3, 6, 7])]);

        Assert.Equal([1, 2], trie.Root!.Path);
        Assert.Equal([3, 5], trie.Root.Ways.Select(way => way.Token));
        Assert.Equal([1, 2, 3], trie.Root.Ways[0].Next!.Path);
        Assert.Equal([0, 2], trie.Root.Ways[0].Next!.Candidates);
        Assert.Null(trie.Root.Ways[1].Next);
        Assert.Equal(1, trie.Root.Ways[1].Candidate);
        Assert.Equal(3, trie.LongestPath);
    }

    [Fact]
    public void Trie_AsksNothingWhereAllSpellingsMeanOneCandidate()
    {
        var trie = new RouteTrie([new(0, [1, 2, 3]), new(0, [1, 2, 4]), new(1, [5])]);

        Assert.Empty(trie.Root!.Path);
        Assert.All(trie.Root.Ways, way => Assert.Null(way.Next));
    }

    [Fact]
    public void Trie_OfOneCandidateHasNoBranch() => Assert.Null(new RouteTrie([new(0, [1, 2])]).Root);

    [Fact]
    public void Trie_RefusesWhatCannotBeToldApart()
    {
        Assert.Throws<ArgumentException>(() => new RouteTrie([]));
        Assert.Throws<ArgumentException>(() => new RouteTrie([new(1, [1])]));
        Assert.Throws<ArgumentException>(() => new RouteTrie([new(0, [1, 2]), new(1, [1, 2])]));
        Assert.Throws<ArgumentException>(() => new RouteTrie([new(0, [1, 2]), new(1, [1, 2, 3])]));
        Assert.Throws<ArgumentException>(() => new RouteTrie([new(0, []), new(1, [1])]));
    }
}
