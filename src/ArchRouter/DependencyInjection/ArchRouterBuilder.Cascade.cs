namespace ArchRouter;

public sealed partial class ArchRouterBuilder
{
    /// <summary>Lets two engines score policies, the second only where the first is not clear; see <see cref="CascadeRouterEngine"/>.</summary>
    /// <param name="first">Makes the fast engine; it is disposed with the container.</param>
    /// <param name="second">Makes the better, slower engine; it is disposed with the container.</param>
    /// <param name="configure">Changes the options.</param>
    public ArchRouterBuilder UseCascade(
        Func<IServiceProvider, IRouterEngine> first, Func<IServiceProvider, IRouterEngine> second, Action<CascadeRouterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        return UseEngine(services => CascadeComposition.Make(services, first, second, configure));
    }

    /// <summary>
    /// Puts a second engine behind the one that is set, and asks it where that one is not clear:
    /// <c>UseEncoder().EscalateTo(second => second.UseRemoteRouter(...))</c>. See <see cref="CascadeRouterEngine"/>.
    /// </summary>
    /// <param name="second">Sets the second engine, with the same methods as the first. An engine given as an object stays yours to dispose.</param>
    /// <param name="configure">Changes the options.</param>
    /// <exception cref="InvalidOperationException">There is no engine to put it behind, or <paramref name="second"/> sets none.</exception>
    public ArchRouterBuilder EscalateTo(Action<ArchRouterBuilder> second, Action<CascadeRouterOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(second);
        Func<IServiceProvider, IRouterEngine> firstEngine = CascadeComposition.TakeEngine(Services)
            ?? throw new InvalidOperationException($"{nameof(EscalateTo)} needs an engine to escalate from. Call UseEncoder() or UseEngine(...) before it.");
        second(this);
        Func<IServiceProvider, IRouterEngine> secondEngine = CascadeComposition.TakeEngine(Services)
            ?? throw new InvalidOperationException($"What was passed to {nameof(EscalateTo)} sets no engine. Call one of the Use... methods on its argument.");
        return UseCascade(firstEngine, secondEngine, configure);
    }
}
