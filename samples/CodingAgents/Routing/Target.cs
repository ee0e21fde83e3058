namespace CodingAgents;

/// <summary>A chat service that policies can name.</summary>
internal sealed record Target(string ServiceId, string Model, Price Price);
