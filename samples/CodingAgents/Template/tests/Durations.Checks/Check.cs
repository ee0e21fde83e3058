namespace Durations.Checks;

/// <summary>What checks are written with.</summary>
internal static class Check
{
    public static void Equal<T>(T expected, T actual)
    {
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
        {
            throw new InvalidOperationException($"expected {expected}, got {actual}");
        }
    }

    public static void Throws<TError>(Action action)
        where TError : Exception
    {
        try
        {
            action();
        }
        catch (TError)
        {
            return;
        }

        throw new InvalidOperationException($"expected {typeof(TError).Name}");
    }
}
