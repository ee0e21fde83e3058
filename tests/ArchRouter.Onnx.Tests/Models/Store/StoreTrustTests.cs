namespace ArchRouter.Onnx.Tests;

public sealed class StoreTrustTests : IDisposable
{
    private const string Token = "hf_secret";
    private static readonly ModelLicence Licence = new("katanemo-research", new("https://example.org/licence"));
    private readonly StoreStage _stage = new();

    [Fact]
    public async Task Token_GoesToTheConfiguredHost()
    {
        _stage.Environment["HF_TOKEN"] = Token;

        await _stage.Store().GetAsync(_stage.Manifest());

        Assert.All(_stage.Server.Requests, request => Assert.Equal($"Bearer {Token}", request["Authorization"]));
    }

    [Fact]
    public async Task Token_IsNotMadeUp()
    {
        _stage.Environment["HF_TOKEN"] = " ";

        await _stage.Store().GetAsync(_stage.Manifest());

        Assert.All(_stage.Server.Requests, request => Assert.Null(request["Authorization"]));
    }

    [Theory]
    [InlineData(true, "localhost")]
    [InlineData(true, "127.0.0.1")]
    [InlineData(false, "localhost")]
    public async Task Token_DoesNotFollowARedirectToAnotherHost(bool clientOfTheStore, string host)
    {
        using var storage = new LoopbackServer(host);
        foreach ((string path, byte[] bytes) in _stage.Server.Files)
        {
            storage.Files[path] = bytes;
        }

        _stage.Server.Handler = request => new(302, []) { Headers = { ["Location"] = new Uri(storage.Address, request.Path).AbsoluteUri } };
        _stage.Environment["HF_TOKEN"] = Token;
        _stage.Client = clientOfTheStore ? ModelStore.CreateHttpClient() : new HttpClient();

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));

        Assert.All(_stage.Server.Requests, request => Assert.Equal($"Bearer {Token}", request["Authorization"]));
        Assert.Equal(2, storage.Requests.Count);
        Assert.All(storage.Requests, request => Assert.Null(request["Authorization"]));
    }

    [Fact]
    public async Task Token_FollowsARedirectOnTheSameHost()
    {
        _stage.Server.Handler = request => request.Path.StartsWith("/moved", StringComparison.Ordinal)
            ? new(200, _stage.Server.Files[request.Path["/moved".Length..]])
            : new(307, []) { Headers = { ["Location"] = $"/moved{request.Path}" } };
        _stage.Environment["HF_TOKEN"] = Token;

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest()));

        Assert.Equal(4, _stage.Server.Requests.Count);
        Assert.All(_stage.Server.Requests, request => Assert.Equal($"Bearer {Token}", request["Authorization"]));
    }

    [Theory]
    [InlineData(403)]
    [InlineData(500)]
    [InlineData(302)]
    public async Task Token_IsInNoMessage(int status)
    {
        _stage.Server.Handler = _ => new(status, []) { Headers = { ["Location"] = "ftp://127.0.0.1/" } };
        _stage.Environment["HF_TOKEN"] = Token;

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => _stage.Store().GetAsync(_stage.Manifest()));

        Assert.DoesNotContain(Token, error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hf_\nsecret")]
    [InlineData("hf_ secret")]
    [InlineData("hf_\u00e9secret")]
    public void Token_ThatCannotBeSentIsFoundAtOnce(string token)
    {
        _stage.Environment["HF_TOKEN"] = token;

        var error = Assert.Throws<ArgumentException>(_stage.Store);

        Assert.Contains("HF_TOKEN", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_IsNotSentInTheClear()
    {
        // A proxy stands for a far server without TLS.
        using var proxy = new LoopbackServer();
        proxy.Handler = request => new(200, _stage.Server.Files[new Uri(request.Path).AbsolutePath]);
        _stage.Options.BaseAddress = new("http://models.invalid/");
        _stage.Options.Proxy = proxy.Address;
        _stage.Client = ModelStore.CreateHttpClient(_stage.Options);
        _stage.Environment["HF_TOKEN"] = Token;

        await _stage.Store().GetAsync(_stage.Manifest());

        Assert.All(proxy.Requests, request => Assert.Null(request["Authorization"]));
    }

    [Fact]
    public void Store_RefusesAPasswordInTheAddress()
    {
        _stage.Options.BaseAddress = new("https://me:hidden@models.invalid/");

        var error = Assert.Throws<ArgumentException>(() => new ModelStore(_stage.Client, _stage.Options));

        Assert.Contains("HF_TOKEN", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Get_DoesNotFollowRedirectsForEver()
    {
        _stage.Server.Handler = request => new(302, []) { Headers = { ["Location"] = request.Path } };

        await _stage.FailsAsync(ModelStoreError.Answer);

        Assert.InRange(_stage.Server.Requests.Count, 2, 20);
    }

    [Fact]
    public async Task Licence_IsShownOnceForAllStoresOfACache()
    {
        int shown = 0;
        _stage.Options.AcceptLicence = (manifest, licence, _) =>
        {
            shown++;
            return ValueTask.FromResult(manifest.Id == StoreStage.Id && licence == Licence);
        };

        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest(Licence)));
        _stage.Options.AcceptLicence = null;
        _stage.AssertWhole(await _stage.Store().GetAsync(_stage.Manifest(Licence)));

        Assert.Equal(1, shown);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Licence_ThatIsNotAcceptedStopsBeforeTheFirstByte(bool shown)
    {
        _stage.Options.AcceptLicence = shown ? (_, _, _) => ValueTask.FromResult(false) : null;

        ModelStoreException error = await _stage.FailsAsync(ModelStoreError.Licence, _stage.Manifest(Licence));

        Assert.Contains("katanemo-research", error.Message, StringComparison.Ordinal);
        Assert.Contains("https://example.org/licence", error.Message, StringComparison.Ordinal);
        Assert.Empty(_stage.Server.Requests);
    }

    [Fact]
    public async Task Licence_IsAskedForAgainWhenItIsAnother()
    {
        _stage.Options.AcceptLicence = (_, licence, _) => ValueTask.FromResult(licence == Licence);
        await _stage.Store().GetAsync(_stage.Manifest(Licence));

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => _stage.Store().GetAsync(_stage.Manifest(new("another"))));

        Assert.Equal(ModelStoreError.Licence, error.Error);
    }

    public void Dispose() => _stage.Dispose();
}
