using System.Net;
using System.Security.Cryptography;

namespace ArchRouter.Onnx;

/// <summary>Fetches one file: continues what is there, tries again after losses, checks length and hash, and only then gives the file its name.</summary>
internal sealed class FileFetch(ModelRequest request, ModelManifest manifest, ModelFile file, StoreSettings settings, IProgress<ModelProgress>? progress)
{
    private const long ReportEvery = 1 << 20;
    private readonly Uri _address = new(settings.BaseAddress, $"{manifest.Id}/resolve/{manifest.Revision}/{string.Join('/', file.Path.Split('/').Select(Uri.EscapeDataString))}");

    public async Task RunAsync(ModelPlace place, CancellationToken cancellationToken)
    {
        string target = place.WorkFile(file);
        if (File.Exists(target))
        {
            if (await IsRightAsync(target, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            File.Delete(target);
        }

        string published = place.PublishedFile(file);
        if (File.Exists(published) && await IsRightAsync(published, cancellationToken).ConfigureAwait(false))
        {
            return;
        }

        FilePart part = FilePart.Open(place.Part(file), settings);
        bool continued = part.Length > 0;
        await FetchAsync(part, cancellationToken).ConfigureAwait(false);
        if (continued && !await IsRightAsync(part.Path, cancellationToken).ConfigureAwait(false))
        {
            // What was there from before may be at fault, so the file gets one chance from its beginning.
            part.Discard();
            await FetchAsync(part, cancellationToken).ConfigureAwait(false);
        }

        await CheckAsync(part, cancellationToken).ConfigureAwait(false);
        Directory.CreateDirectory(Path.GetDirectoryName(target)!);
        File.Move(part.Path, target);
        part.Discard();
    }

    private async Task FetchAsync(FilePart part, CancellationToken cancellationToken)
    {
        long furthest = part.Length;
        for (int failures = 0; ;)
        {
            try
            {
                await TryAsync(part, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (LostConnectionException error)
            {
                cancellationToken.ThrowIfCancellationRequested();

                // What cannot be continued begins at 0 again, so only getting further than ever is progress.
                failures = part.Length > furthest ? 1 : failures + 1;
                furthest = Math.Max(furthest, part.Length);
                if (failures > settings.Retries)
                {
                    throw Failed(ModelStoreError.Connection, error.Message, "Check the network, the proxy and the address, and run again: it goes on where it stopped.", error);
                }
            }

            await Task.Delay(settings.RetryDelay * failures, settings.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task TryAsync(FilePart part, CancellationToken cancellationToken)
    {
        if (part.Length > 0 && part.Length == file.Size)
        {
            return;
        }

        if (part.Tag is null)
        {
            // Nothing says which version the bytes are from.
            part.Discard();
        }

        using HttpResponseMessage response = await SendAsync(part, cancellationToken).ConfigureAwait(false);
        bool continues = response.StatusCode == HttpStatusCode.PartialContent && response.Content.Headers.ContentRange?.From == part.Length;
        if (part.Length > 0 && !continues && response.StatusCode is HttpStatusCode.PartialContent or HttpStatusCode.RequestedRangeNotSatisfiable)
        {
            part.Discard();
            await TryAsync(part, cancellationToken).ConfigureAwait(false);
            return;
        }

        Check(response, continues);
        if (!continues)
        {
            part.Restart(response.Headers.ETag?.ToString());
        }

        long? total = part.Length + response.Content.Headers.ContentLength;
        if (file.Size is { } size && total is { } length && length != size)
        {
            throw WrongHash($"{size} bytes were expected, but the server has {length}.");
        }

        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            await part.AppendAsync(body, file.Size, Reporter(total), cancellationToken).ConfigureAwait(false);
        }

        // Without a length in the answer only the manifest's tells whether this was the end.
        if (part.Length < file.Size)
        {
            throw new LostConnectionException($"The connection ended after {part.Length} of {file.Size} bytes.");
        }

        if (part.Length > file.Size)
        {
            part.Discard();
            throw WrongHash($"{file.Size} bytes were expected, but the server sends more.");
        }

        progress?.Report(new(file.Path, part.Length, part.Length));
    }

    private async Task<HttpResponseMessage> SendAsync(FilePart part, CancellationToken cancellationToken)
    {
        try
        {
            return await request.SendAsync(_address, part.Length, part.Tag, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException error) when (error.HttpRequestError == HttpRequestError.ProxyTunnelError)
        {
            // Its own message may hold the proxy's address with the password, so only a cause beneath it is passed on, which a SOCKS proxy gives in place of a status.
            throw error.StatusCode == HttpStatusCode.ProxyAuthenticationRequired ? NoWayThroughProxy()
                : error.InnerException is { } cause ? new LostConnectionException($"The proxy did not connect to the server: {cause.Message}", cause)
                : new LostConnectionException($"The proxy did not connect to the server (status {(int?)error.StatusCode}).");
        }
        catch (Exception error) when (LostConnectionException.IsCause(error, cancellationToken))
        {
            throw new LostConnectionException($"The server did not answer: {error.Message}", error);
        }
    }

    private void Check(HttpResponseMessage response, bool continues)
    {
        int status = (int)response.StatusCode;
        switch (status)
        {
            case 401 or 403:
                throw Failed(ModelStoreError.Access, $"The server refuses access (status {status}).", $"Accept the model's terms on its page, and set the environment variable {StoreSettings.TokenVariable} to a token that may read it.");
            case 404 or 410:
                throw Failed(ModelStoreError.Answer, $"The server does not have the file (status {status}).", "Check id, revision and path in the manifest, and the address of the server or mirror.");
            case 407:
                throw NoWayThroughProxy();
            case 408 or 425 or 429 or >= 500:
                throw new LostConnectionException($"The server is busy or broken (status {status}).");
            case not 200 when !continues:
                throw Failed(ModelStoreError.Answer, $"The server answered with status {status}.", "Check the address of the server or mirror.");
            default:
                break;
        }

        bool isPage = response.Content.Headers.ContentType?.MediaType is "text/html" or "application/xhtml+xml";
        if (isPage && !file.Path.EndsWith(".html", StringComparison.OrdinalIgnoreCase))
        {
            throw Failed(ModelStoreError.Answer, "A web page came instead of the file, as from a proxy or a network that asks to sign in.", "Open the address in a browser to see what the page wants, or set another server or proxy.");
        }
    }

    private Action<long> Reporter(long? total)
    {
        long next = 0;
        return done =>
        {
            if (done >= next)
            {
                next = done + ReportEvery;
                progress?.Report(new(file.Path, done, total));
            }
        };
    }

    private async Task CheckAsync(FilePart part, CancellationToken cancellationToken)
    {
        if (!await IsRightAsync(part.Path, cancellationToken).ConfigureAwait(false))
        {
            part.Discard();
            throw WrongHash($"The bytes that came do not have the SHA-256 {file.Sha256}.");
        }
    }

    private async Task<bool> IsRightAsync(string path, CancellationToken cancellationToken)
    {
        var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 17, FileOptions.SequentialScan);
        await using (stream.ConfigureAwait(false))
        {
            byte[] hash = await SHA256.HashDataAsync(stream, cancellationToken).ConfigureAwait(false);
            return Convert.ToHexStringLower(hash) == file.Sha256;
        }
    }

    private ModelStoreException NoWayThroughProxy() => Failed(
        ModelStoreError.Connection,
        ModelProxy.Refusal(settings.Proxy, _address),
        $"Put them, percent-encoded, into the proxy's address as in http://name:password@host:port: in {nameof(ModelStoreOptions)}.{nameof(ModelStoreOptions.Proxy)} or the environment variable HTTPS_PROXY.");

    private ModelStoreException WrongHash(string message) =>
        Failed(ModelStoreError.Hash, message, "The server or mirror has another version: take a manifest of that version, or another server. Nothing of it was kept.");

    private ModelStoreException Failed(ModelStoreError error, string message, string fix, Exception? cause = null) => new(error, $"{manifest.Id}/{file.Path} ({_address})", message, fix, cause);
}
