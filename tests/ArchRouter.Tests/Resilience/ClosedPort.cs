using System.Net;
using System.Net.Sockets;

namespace ArchRouter.Tests.Resilience;

/// <summary>An address that nobody answers: bound, so that no other test's server can get the port meanwhile, but not listening.</summary>
internal sealed class ClosedPort : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public ClosedPort() => _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));

    public Uri Endpoint => new($"http://127.0.0.1:{((IPEndPoint)_socket.LocalEndPoint!).Port}/v1");

    public void Dispose() => _socket.Dispose();
}
