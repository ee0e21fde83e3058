namespace ArchRouter.Tests;

public class BoundedCacheTests
{
    [Fact]
    public void Entry_UsedLongestAgoMakesRoom()
    {
        var cache = new BoundedCache<string, int>(2);
        cache.Set("a", 1);
        cache.Set("b", 2);
        Assert.True(cache.TryGet("a", out int a));
        cache.Set("c", 3);

        Assert.Equal(1, a);
        Assert.False(cache.TryGet("b", out _));
        Assert.True(cache.TryGet("a", out _));
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void Set_ReplacesWithoutMakingRoom()
    {
        var cache = new BoundedCache<string, int>(2);
        cache.Set("a", 1);
        cache.Set("b", 2);
        cache.Set("b", 3);

        Assert.True(cache.TryGet("a", out _));
        Assert.True(cache.TryGet("b", out int b));
        Assert.Equal(3, b);
    }

    [Fact]
    public void GetOrAdd_MakesAValueOnce()
    {
        var cache = new BoundedCache<string, object>(1);
        int made = 0;
        object first = cache.GetOrAdd("a", Make);

        Assert.Same(first, cache.GetOrAdd("a", Make));
        Assert.Equal(1, made);

        object Make(string _)
        {
            made++;
            return new();
        }
    }

    [Fact]
    public void GetOrAdd_KeepsNothingWhenMakingFails()
    {
        var cache = new BoundedCache<string, int>(1);

        Assert.Throws<InvalidOperationException>(() => cache.GetOrAdd("a", _ => throw new InvalidOperationException()));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void Remove_LeavesANewerValue()
    {
        var cache = new BoundedCache<string, int>(2);
        cache.Set("a", 1);
        cache.Remove("a", 2);
        Assert.Equal(1, cache.Count);
        cache.Remove("a", 1);
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void NoCapacity_KeepsNothing()
    {
        var cache = new BoundedCache<string, int>(0);
        cache.Set("a", 1);

        Assert.Equal(5, cache.GetOrAdd("a", _ => 5));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void ConcurrentUse_StaysWithinItsBound()
    {
        var cache = new BoundedCache<int, int>(16);
        Parallel.For(0, 10_000, i =>
        {
            cache.Set(i % 64, i);
            cache.TryGet(i % 32, out _);
            cache.GetOrAdd(i % 48, k => k);
            cache.Remove(i % 8, i);
        });

        Assert.InRange(cache.Count, 1, 16);
    }
}
