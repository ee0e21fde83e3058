namespace ArchRouter.Onnx;

/// <summary>A store's options together with what the environment says, read once.</summary>
internal sealed class StoreSettings
{
    public const string CacheVariable = "ARCHROUTER_MODELS";
    public const string OfflineVariable = "ARCHROUTER_OFFLINE";
    public const string TokenVariable = "HF_TOKEN";

    public StoreSettings(ModelStoreOptions options, Func<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(options.BaseAddress);
        if (!options.BaseAddress.IsAbsoluteUri || options.BaseAddress.Scheme is not ("http" or "https"))
        {
            throw new ArgumentException($"'{options.BaseAddress}' is not an http or https address.", nameof(options));
        }

        if (options.BaseAddress.UserInfo.Length > 0)
        {
            // Addresses are in messages, so a password must not be in an address.
            throw new ArgumentException($"The server's address holds a name or password; set the environment variable {TokenVariable} instead.", nameof(options));
        }

        ArgumentOutOfRangeException.ThrowIfNegative(options.Retries, "options.Retries");
        string address = options.BaseAddress.AbsoluteUri;
        BaseAddress = new(address.EndsWith('/') ? address : $"{address}/");
        CacheFolder = Path.GetFullPath(First(options.CacheFolder, environment(CacheVariable)) ?? DefaultFolder(environment) ?? throw new ArgumentException(
            $"This user has no folder for the cache of models ({(OperatingSystem.IsWindows() ? "%LOCALAPPDATA% is not" : "neither XDG_CACHE_HOME nor HOME is")} set to a full path). "
            + $"Set the environment variable {CacheVariable} or {nameof(ModelStoreOptions)}.{nameof(ModelStoreOptions.CacheFolder)} to a folder that only this user can write.",
            nameof(options)));
        Offline = options.Offline || environment(OfflineVariable)?.Trim() == "1";
        Token = First(environment(TokenVariable)?.Trim());
        if (Token?.All(c => c is > ' ' and <= '~') == false)
        {
            throw new ArgumentException($"The environment variable {TokenVariable} holds characters that a token cannot have, such as a line break; set it to the token alone.", nameof(options));
        }

        Proxy = options.Proxy;
        AcceptLicence = options.AcceptLicence;
        Retries = options.Retries;
    }

    public string CacheFolder { get; }

    public Uri BaseAddress { get; }

    public bool Offline { get; }

    /// <summary>The bearer token; kept here and nowhere else, and in no message.</summary>
    public string? Token { get; }

    public Uri? Proxy { get; }

    public Func<ModelManifest, ModelLicence, CancellationToken, ValueTask<bool>>? AcceptLicence { get; }

    public int Retries { get; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How long a connection may stay silent.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>How long to wait before a lock is tried again.</summary>
    public TimeSpan LockDelay { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Opens the file that bytes are added to, at a position.</summary>
    public Func<string, long, Stream> OpenPart { get; init; } = Append;

    public static FileStream Append(string path, long position)
    {
        var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.None);
        stream.SetLength(position);
        stream.Position = position;
        return stream;
    }

    /// <summary>The user's own folder; a shared one such as /tmp is none, for anyone could plant a model there.</summary>
    private static string? DefaultFolder(Func<string, string?> environment)
    {
        string? root = OperatingSystem.IsWindows()
            ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : Full(environment("XDG_CACHE_HOME")) ?? (Full(environment("HOME")) is { } home ? Path.Combine(home, ".cache") : null);
        return Full(root) is { } folder ? Path.Combine(folder, "archrouter", "models") : null;
    }

    /// <summary>Gives a path that means the same in every working folder, and nothing instead of another.</summary>
    private static string? Full(string? path) => Path.IsPathFullyQualified(path ?? "") ? path : null;

    private static string? First(params string?[] values) => Array.Find(values, value => !string.IsNullOrWhiteSpace(value));
}
