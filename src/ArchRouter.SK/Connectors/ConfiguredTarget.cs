namespace ArchRouter.SK;

/// <summary>A target that names a provider, as it stands in its source.</summary>
/// <param name="ServiceId">The service id.</param>
/// <param name="Location">Where the target stands.</param>
/// <param name="Provider">The provider's name, as written.</param>
/// <param name="Fields">Its keys.</param>
internal sealed record ConfiguredTarget(string ServiceId, string Location, string Provider, ConfigFields Fields)
{
    /// <summary>Where a key stands, else the target.</summary>
    public string At(string key) => Fields[key]?.Location ?? Location;

    /// <summary>The text of a key; null where it is absent, empty or no text, which is reported elsewhere.</summary>
    public string? Text(string key) =>
        Fields[key] is ConfigScalar { Kind: ScalarKind.Text or ScalarKind.Untyped } scalar && !string.IsNullOrWhiteSpace(scalar.Text) ? scalar.Text.Trim() : null;

    // The fields can hold a key.
    public override string ToString() => $"{ServiceId} ({Provider})";
}
