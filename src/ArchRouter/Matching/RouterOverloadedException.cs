namespace ArchRouter;

/// <summary>An engine refuses a request because too many are waiting. The router answers with the fallback and <see cref="RoutingOutcome.Overloaded"/>.</summary>
public sealed class RouterOverloadedException : Exception
{
    /// <summary>Makes the exception with a default message.</summary>
    public RouterOverloadedException()
        : base("Too many requests are waiting for the router model.")
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is overloaded, and by how much.</param>
    public RouterOverloadedException(string message)
        : base(message)
    {
    }

    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is overloaded, and by how much.</param>
    /// <param name="innerException">The cause.</param>
    public RouterOverloadedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
