using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CodingAgents.Tests;

/// <summary>
/// A server that announces a long stream of events, sends one and says that nothing more will come. It closes no connection by itself: a
/// reset could overtake what was sent.
/// </summary>
internal sealed class BreakingServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public BreakingServer(string line)
    {
        _listener.Start();
        _serving = ServeAsync($"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: 100000\r\n\r\n{line}\n\n");
    }

    public Uri Endpoint => new($"http://{_listener.LocalEndpoint}/v1");

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task ServeAsync(string response)
    {
        while (true)
        {
            using Socket client = await _listener.AcceptSocketAsync(_stop.Token);
            byte[] request = new byte[4096];
            await client.ReceiveAsync(request, _stop.Token);
            await client.SendAsync(Encoding.ASCII.GetBytes(response), _stop.Token);
            client.Shutdown(SocketShutdown.Send);
            while (await client.ReceiveAsync(request, _stop.Token) > 0)
            {
            }
        }
    }
}
