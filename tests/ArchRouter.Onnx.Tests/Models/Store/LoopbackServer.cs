using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace ArchRouter.Onnx.Tests;

/// <summary>A server on this machine that answers as files on the web do, and breaks where a test says.</summary>
internal sealed class LoopbackServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly TaskCompletionSource _stopped = new();

    public LoopbackServer(string host = "127.0.0.1")
    {
        _listener.Start();
        Address = new($"http://{host}:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _ = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Bytes by path.</summary>
    public Dictionary<string, byte[]> Files { get; } = [];

    public ConcurrentQueue<Request> Requests { get; } = [];

    /// <summary>Answers instead of the files; <see langword="null"/> leaves a request to them.</summary>
    public Func<Request, Answer?> Handler { get; set; } = _ => null;

    /// <summary>The answer that the files give.</summary>
    public Answer FromFiles(Request request)
    {
        if (!Files.TryGetValue(request.Path, out byte[]? bytes))
        {
            return new(404, "none"u8.ToArray());
        }

        string tag = $"\"{Convert.ToHexString(SHA256.HashData(bytes))[..16]}\"";
        var headers = new Dictionary<string, string> { ["ETag"] = tag };
        if (request.RangeFrom is not { } from || (request["If-Range"] is { } condition && condition != tag))
        {
            return new(200, bytes) { Headers = headers };
        }

        headers["Content-Range"] = from < bytes.Length ? $"bytes {from}-{bytes.Length - 1}/{bytes.Length}" : $"bytes */{bytes.Length}";
        return from < bytes.Length ? new(206, bytes[from..]) { Headers = headers } : new(416, []) { Headers = headers };
    }

    /// <summary>Stops listening; a test may do so before its end.</summary>
    public void Dispose()
    {
        _stopped.TrySetResult();
        _listener.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stopped.Task.IsCompleted)
            {
                _ = AnswerAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The test is over.
        }
    }

    private async Task AnswerAsync(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                var request = await Request.ReadAsync(stream);
                Requests.Enqueue(request);
                Answer answer = Handler(request) ?? FromFiles(request);
                StringBuilder head = new StringBuilder().Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} X\r\nConnection: close\r\n");
                if (!answer.HidesLength)
                {
                    head.Append(CultureInfo.InvariantCulture, $"Content-Length: {answer.Length ?? answer.Body.Length}\r\n");
                }

                foreach ((string name, string value) in answer.Headers)
                {
                    head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
                }

                await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
                await stream.WriteAsync(answer.Body.AsMemory(0, answer.CutAfter ?? answer.Body.Length));
                await Task.WhenAny(answer.Then, _stopped.Task);
            }
            catch (IOException)
            {
                // The client went away, as some tests want.
            }
        }
    }

    internal sealed record Answer(int Status, byte[] Body)
    {
        public Dictionary<string, string> Headers { get; init; } = [];

        /// <summary>How many bytes are sent before the connection is closed.</summary>
        public int? CutAfter { get; init; }

        /// <summary>The length that is promised, where it is not the body's.</summary>
        public long? Length { get; init; }

        /// <summary>Whether only the connection's end tells where the body ends.</summary>
        public bool HidesLength { get; init; }

        /// <summary>What is waited for before the connection is closed.</summary>
        public Task Then { get; init; } = Task.CompletedTask;
    }

    internal sealed record Request(string Path, Dictionary<string, string> Headers)
    {
        public string? this[string name] => Headers.GetValueOrDefault(name);

        public int? RangeFrom => this["Range"] is { } range ? int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture) : null;

        public static async Task<Request> ReadAsync(Stream stream)
        {
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            string[] first = (await reader.ReadLineAsync() ?? "GET / HTTP/1.1").Split(' ');
            var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
            while (await reader.ReadLineAsync() is { Length: > 0 } line)
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                headers[line[..colon]] = line[(colon + 1)..].Trim();
            }

            return new(Uri.UnescapeDataString(first[1]), headers);
        }
    }
}
