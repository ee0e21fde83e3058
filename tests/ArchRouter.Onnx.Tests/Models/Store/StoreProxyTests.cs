using System.Net;
using System.Net.Sockets;
using System.Text;
using Answer = ArchRouter.Onnx.Tests.LoopbackServer.Answer;

namespace ArchRouter.Onnx.Tests;

public sealed class StoreProxyTests : IDisposable
{
    private const string Password = "p:ss@word";
    private const string WrittenPassword = "p%3Ass%40word";
    private readonly StoreStage _stage = new();
    private readonly LoopbackServer _proxy = new();

    public StoreProxyTests() => _stage.Options.BaseAddress = new("http://models.invalid/");

    [Fact]
    public async Task Get_GoesThroughTheProxy()
    {
        _proxy.Handler = FromFiles;
        Through(_proxy.Address);

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));
        Assert.Equal(2, _proxy.Requests.Count);
    }

    [Theory]
    [InlineData("me:" + WrittenPassword, "me:" + Password)]
    [InlineData("a%3Ab:c", "a:b:c")]
    [InlineData("me", "me:")]
    public async Task Get_GivesTheProxyItsNameAndPassword(string written, string given)
    {
        string expected = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes(given))}";
        _proxy.Handler = request => request["Proxy-Authorization"] == expected ? FromFiles(request) : Asking();
        Through(With(written));

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));
    }

    [Theory]
    [InlineData("http://models.invalid/")]
    [InlineData("https://models.invalid/")]
    public async Task Get_NamesAProxyThatAsksForAnotherPassword(string server)
    {
        _stage.Options.BaseAddress = new(server);
        _stage.Options.Retries = 3;
        _proxy.Handler = _ => Asking();
        Through(With($"me:{WrittenPassword}"));

        ModelStoreException error = await _stage.FailsAsync(ModelStoreError.Connection);

        Assert.Contains($"The proxy {_proxy.Address.ToString().TrimEnd('/')} asks for a name and password", error.Message, StringComparison.Ordinal);
        Assert.Contains("ModelStoreOptions.Proxy", error.Fix, StringComparison.Ordinal);
        Assert.Contains("HTTPS_PROXY", error.Fix, StringComparison.Ordinal);
        AssertNoPassword(error);

        // Once without the password and once with it; that it is wrong does not pass by trying again.
        Assert.Equal(2, _proxy.Requests.Count);
    }

    [Theory]
    [InlineData(407, "asks for a name and password")]
    [InlineData(502, "did not connect to the server (status 502)")]
    public async Task Get_KeepsThePasswordOfAnotherClientsProxyToItself(int status, string message)
    {
        // A client that was not made here: the runtime's own messages name its proxy with the password.
        _stage.Options.BaseAddress = new("https://models.invalid/");
        _proxy.Handler = _ => new(status, []);
        _stage.Client = new(new SocketsHttpHandler { Proxy = new WebProxy(With($"me:{WrittenPassword}")) });

        ModelStoreException error = await _stage.FailsAsync(ModelStoreError.Connection);

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        AssertNoPassword(error);
    }

    [Fact]
    public async Task Get_TellsWhyASocksProxyDidNotConnect()
    {
        using var proxy = new TcpListener(IPAddress.Loopback, 0);
        proxy.Start();
        Task refusing = RefuseAsync(proxy);
        Through(new($"socks5://me:{WrittenPassword}@{proxy.LocalEndpoint}"));

        ModelStoreException error = await _stage.FailsAsync(ModelStoreError.Connection);

        await refusing;
        Exception cause = error.GetBaseException();
        Assert.IsAssignableFrom<IOException>(cause);
        Assert.Contains($"The proxy did not connect to the server: {cause.Message}", error.Message, StringComparison.Ordinal);
        AssertNoPassword(error);
    }

    [Theory]
    [InlineData("me:hidden@proxy:8080")]
    [InlineData("proxy:8080")]
    [InlineData("//proxy:8080")]
    [InlineData("ftp://me:hidden@proxy")]
    public void CreateHttpClient_RefusesOtherProxies(string proxy)
    {
        _stage.Options.Proxy = new(proxy, UriKind.RelativeOrAbsolute);

        var error = Assert.Throws<ArgumentException>(() => ModelStore.CreateHttpClient(_stage.Options));

        Assert.Contains("ModelStoreOptions.Proxy", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _proxy.Dispose();
        _stage.Dispose();
    }

    private static Answer Asking() => new(407, []) { Headers = { ["Proxy-Authenticate"] = "Basic realm=\"proxy\"" } };

    /// <summary>Reads a SOCKS 5 greeting (version, count, methods) and takes none of its methods.</summary>
    private static async Task RefuseAsync(TcpListener proxy)
    {
        using TcpClient client = await proxy.AcceptTcpClientAsync();
        NetworkStream stream = client.GetStream();
        byte[] greeting = new byte[2];
        await stream.ReadExactlyAsync(greeting);
        await stream.ReadExactlyAsync(new byte[greeting[1]]);
        await stream.WriteAsync(new byte[] { 5, 0xFF });
    }

    private static void AssertNoPassword(Exception error)
    {
        Assert.DoesNotContain(Password, error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(WrittenPassword, error.ToString(), StringComparison.Ordinal);
    }

    // A proxy is asked with the whole address.
    private Answer FromFiles(LoopbackServer.Request request) => request.Path.StartsWith("http://models.invalid/", StringComparison.Ordinal)
        ? new(200, _stage.Server.Files[new Uri(request.Path).AbsolutePath])
        : new(404, []);

    private Uri With(string nameAndPassword) => new($"http://{nameAndPassword}@{_proxy.Address.Authority}/");

    private void Through(Uri proxy)
    {
        _stage.Options.Proxy = proxy;
        _stage.Client = ModelStore.CreateHttpClient(_stage.Options);
    }
}
