using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace ArchRouter;

/// <summary>What the remote engine serialises, without reflection.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class RemoteJson : JsonSerializerContext;
