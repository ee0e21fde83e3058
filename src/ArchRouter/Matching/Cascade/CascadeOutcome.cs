namespace ArchRouter;

/// <summary>Which of a cascade's two engines spoke, and why.</summary>
public enum CascadeOutcome
{
    /// <summary>The first engine's answer was clear; the second was not asked.</summary>
    FirstKept,

    /// <summary>The first engine's answer was not clear; the second's counts.</summary>
    Escalated,

    /// <summary>The second engine did not answer in time; the first's answer counts.</summary>
    SecondLate,

    /// <summary>The second engine refused because too many requests wait for it; the first's answer counts.</summary>
    SecondBusy,

    /// <summary>The second engine failed; the first's answer counts. See <see cref="CascadeStep.Error"/>.</summary>
    SecondFailed,

    /// <summary>The first engine failed; the second's answer counts. See <see cref="CascadeStep.Error"/>.</summary>
    FirstFailed,
}
