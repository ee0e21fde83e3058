namespace ArchRouter.Onnx;

/// <summary>Asks for a model's licence once and remembers the answer if it was yes.</summary>
internal sealed class LicenceGate(ModelPlace place, ModelManifest manifest, StoreSettings settings)
{
    public bool IsOpen => manifest.Licence is not { } licence || (File.Exists(place.LicenceRecord) && File.ReadAllLines(place.LicenceRecord).Contains(licence.Id));

    public async Task PassAsync(CancellationToken cancellationToken)
    {
        if (IsOpen)
        {
            return;
        }

        ModelLicence licence = manifest.Licence!;
        if (settings.AcceptLicence is null)
        {
            throw Refused($"The model has the licence '{licence.Id}'{At(licence)}, and nothing is set that could show it.");
        }

        if (!await settings.AcceptLicence(manifest, licence, cancellationToken).ConfigureAwait(false))
        {
            throw Refused($"The licence '{licence.Id}'{At(licence)} was not accepted.");
        }

        await File.AppendAllLinesAsync(place.LicenceRecord, [licence.Id], cancellationToken).ConfigureAwait(false);
    }

    private ModelStoreException Refused(string message) => new(
        ModelStoreError.Licence, manifest.Id, message, $"Read the licence and accept it in {nameof(ModelStoreOptions)}.{nameof(ModelStoreOptions.AcceptLicence)}, or use another model.");

    private static string At(ModelLicence licence) => licence.Url is null ? "" : $" ({licence.Url})";
}
