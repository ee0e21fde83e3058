using System.Net;
using System.Net.Http.Headers;

namespace ArchRouter.Onnx;

/// <summary>Asks for a file and follows redirects itself, for the token must not follow to another host.</summary>
internal sealed class ModelRequest(HttpClient client, StoreSettings settings)
{
    private const int MaxRedirects = 8;

    public async Task<HttpResponseMessage> SendAsync(Uri address, long position, string? tag, CancellationToken cancellationToken)
    {
        for (int redirect = 0; ; redirect++)
        {
            using HttpRequestMessage request = Request(address, position, tag);
            HttpResponseMessage response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (!IsRedirect(response.StatusCode) || response.Headers.Location is not { } location)
            {
                return response;
            }

            response.Dispose();
            var next = new Uri(address, location);
            if (redirect == MaxRedirects || next.Scheme is not ("http" or "https") || (address.Scheme == "https" && next.Scheme == "http"))
            {
                throw new ModelStoreException(
                    ModelStoreError.Answer, address.GetLeftPart(UriPartial.Path), $"The server redirects to {next.GetLeftPart(UriPartial.Path)}, which is not followed.", $"Set {nameof(ModelStoreOptions)}.{nameof(ModelStoreOptions.BaseAddress)} to the server itself.");
            }

            address = next;
        }
    }

    private HttpRequestMessage Request(Uri address, long position, string? tag)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address);

        // Bytes are counted and continued, so they must come as they are.
        request.Headers.AcceptEncoding.Add(new("identity"));
        if (position > 0)
        {
            request.Headers.Range = new RangeHeaderValue(position, null);
            request.Headers.IfRange = new RangeConditionHeaderValue(tag!);
        }

        if (settings.Token is not null && IsHome(address))
        {
            request.Headers.Authorization = new("Bearer", settings.Token);
        }

        return request;
    }

    private bool IsHome(Uri address) =>
        Uri.Compare(address, settings.BaseAddress, UriComponents.SchemeAndServer, UriFormat.Unescaped, StringComparison.OrdinalIgnoreCase) == 0
        && (address.Scheme == "https" || address.IsLoopback);

    private static bool IsRedirect(HttpStatusCode status) => status
        is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
}
