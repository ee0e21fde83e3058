namespace Microsoft.SemanticKernel.Connectors.Google;

/// <summary>The versions of Google's API that the real connector names.</summary>
public enum GoogleAIVersion
{
    V1,
    V1_Beta,
}
