namespace ArchRouter.Onnx;

/// <summary>Why a model could not be had.</summary>
public enum ModelStoreError
{
    /// <summary>The manifest cannot be read, or there is none for the id.</summary>
    Manifest,

    /// <summary>The named folder does not exist.</summary>
    NotFound,

    /// <summary>The store works offline, and the model is not in the cache.</summary>
    Offline,

    /// <summary>The licence was not accepted.</summary>
    Licence,

    /// <summary>The server could not be reached, or the connection was lost and did not come back.</summary>
    Connection,

    /// <summary>The server refused access.</summary>
    Access,

    /// <summary>The server answered with something else than the file.</summary>
    Answer,

    /// <summary>What was fetched has another hash or length than the manifest says.</summary>
    Hash,

    /// <summary>The disk is full or cannot be written.</summary>
    Disk,
}
