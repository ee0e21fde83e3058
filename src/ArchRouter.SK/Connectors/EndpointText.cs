namespace ArchRouter.SK;

/// <summary>Reads the address of an endpoint. It is not quoted in messages, for it could hold a password.</summary>
internal static class EndpointText
{
    private const string Example = "Write the base address, such as https://example.org/v1.";

    public static (string Message, string Fix)? Problem(string text, out Uri? endpoint)
    {
        endpoint = null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out Uri? uri) || (uri.Scheme != Uri.UriSchemeHttp && uri.Scheme != Uri.UriSchemeHttps) || uri.Host.Length == 0)
        {
            return ("is not an absolute http or https address.", Example);
        }

        if (uri.UserInfo.Length > 0)
        {
            return ("has a user name or password in it.", $"{Example} Keys go into environment variables or user-secrets.");
        }

        if (uri.Query.Length > 0 || uri.Fragment.Length > 0)
        {
            return ("has a query or fragment.", Example);
        }

        if (uri.AbsolutePath.TrimEnd('/').EndsWith("/chat/completions", StringComparison.OrdinalIgnoreCase))
        {
            return ("ends in /chat/completions, which the connector adds itself.", Example);
        }

        endpoint = uri;
        return null;
    }

    /// <summary>Azure shows addresses of two kinds, and the connector builds on the shorter one.</summary>
    public static (string Message, string Fix)? AzureProblem(Uri endpoint) =>
        endpoint.AbsolutePath.TrimEnd('/').EndsWith("/openai/v1", StringComparison.OrdinalIgnoreCase)
            ? ("ends in /openai/v1, which the connector does not use.", "Remove that ending; or use the provider openai-compatible, with the deployment's name as the model.")
            : null;
}
