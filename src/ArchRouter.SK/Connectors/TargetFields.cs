namespace ArchRouter.SK;

/// <summary>The keys of a target that say how it is reached.</summary>
[Flags]
public enum TargetFields
{
    /// <summary>None of them.</summary>
    None = 0,

    /// <summary>The key <c>model</c>: the model's id at the provider.</summary>
    Model = 1,

    /// <summary>The key <c>deployment</c>: the name of a deployment.</summary>
    Deployment = 2,

    /// <summary>The key <c>endpoint</c>: an absolute http or https address.</summary>
    Endpoint = 4,

    /// <summary>The key <c>path</c>: a folder or file on this machine.</summary>
    Path = 8,

    /// <summary>The API key: <c>apiKey</c>, <c>apiKeyVariable</c> or the provider's usual environment variable.</summary>
    ApiKey = 16,

    /// <summary>The key <c>apiVersion</c>.</summary>
    ApiVersion = 32,

    /// <summary>The key <c>organization</c>.</summary>
    Organization = 64,

    /// <summary>The key <c>options</c>: further values, whose names are the provider's own.</summary>
    Options = 128,
}
