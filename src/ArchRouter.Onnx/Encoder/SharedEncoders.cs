namespace ArchRouter.Onnx;

/// <summary>The encoders loaded in this process.</summary>
internal static class SharedEncoders
{
    private static readonly SharedModels<EncoderKey, EncoderRuntime> Models = new(runtime => runtime.Close());

    /// <summary>Borrows a model, loading it if nobody else holds it. Whoever comes meanwhile waits for the same load.</summary>
    /// <exception cref="ModelFolderException">The folder cannot be used. Failures are not kept.</exception>
    public static EncoderLease Acquire(EncoderKey key, Func<EncoderRuntime> load)
    {
        ModelLease<EncoderRuntime> lease = Models.Acquire(key, load);
        return new EncoderLease(lease.Model, lease.Dispose);
    }
}
