using System.Net;

namespace ArchRouter.Onnx;

/// <summary>The proxy of the options. Its name and password are used and are in no message.</summary>
internal static class ModelProxy
{
    public static WebProxy From(Uri address)
    {
        if (!address.IsAbsoluteUri || address.Scheme is not ("http" or "https" or "socks4" or "socks4a" or "socks5"))
        {
            throw new ArgumentException(
                $"{nameof(ModelStoreOptions)}.{nameof(ModelStoreOptions.Proxy)} is not an address of the form http://host:port or http://name:password@host:port; https, socks4, socks4a and socks5 are possible too.",
                nameof(address));
        }

        var proxy = new WebProxy(new Uri(NameOf(address)));
        if (address.UserInfo.Length > 0)
        {
            string[] parts = [.. address.UserInfo.Split(':', 2).Select(Uri.UnescapeDataString), ""];
            proxy.Credentials = new NetworkCredential(parts[0], parts[1]);
        }

        return proxy;
    }

    /// <summary>What a person needs to find the proxy that asks for a password.</summary>
    public static string Refusal(Uri? configured, Uri server)
    {
        Uri? proxy = configured ?? HttpClient.DefaultProxy.GetProxy(server);
        return $"The proxy{(proxy is null ? "" : $" {NameOf(proxy)}")} asks for a name and password, and got none or wrong ones (status 407).";
    }

    private static string NameOf(Uri address) => address.GetComponents(UriComponents.SchemeAndServer, UriFormat.UriEscaped);
}
