using System.Net;
using System.Net.Sockets;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Polly.Timeout;

namespace ArchRouter.Tests.Resilience;

public sealed class TargetFailureTests
{
    public static TheoryData<Exception> OfTheService => new()
    {
        new HttpRequestException("no connection"),
        new HttpRequestException("busy", null, HttpStatusCode.TooManyRequests),
        new HttpRequestException("slow", null, HttpStatusCode.RequestTimeout),
        new HttpRequestException("down", null, HttpStatusCode.InternalServerError),
        new HttpRequestException("down", null, HttpStatusCode.ServiceUnavailable),
        new TimeoutException(),
        new TaskCanceledException("HttpClient.Timeout", new TimeoutException()),
        new OperationCanceledException(),
        new SocketException((int)SocketError.ConnectionRefused),
        new HttpIOException(HttpRequestError.ResponseEnded),
        new IOException("read", new SocketException((int)SocketError.ConnectionReset)),
        new InvalidOperationException("wrapped", new HttpRequestException("down", null, HttpStatusCode.BadGateway)),
        new AggregateException("retried", new TaskCanceledException(), new TaskCanceledException()),
        new SdkException(429),
        new SdkException(0),
        new NullableStatusException(HttpStatusCode.GatewayTimeout, null),
        new NullableStatusException(null, new SocketException((int)SocketError.HostNotFound)),
        new StatusCodeException(HttpStatusCode.InternalServerError),
        new HidingException(503),
        new HidingException(null, HttpStatusCode.BadGateway),
        new BrokenCircuitException(),
        new BrokenCircuitException("opened by a bad key", new HttpRequestException("key", null, HttpStatusCode.Unauthorized)),
        new IsolatedCircuitException(),
        new RateLimiterRejectedException(),
        new TimeoutRejectedException(),
        new InvalidOperationException("wrapped", new BrokenCircuitException()),
    };

    public static TheoryData<Exception> OfTheRequest => new()
    {
        new HttpRequestException("bad", null, HttpStatusCode.BadRequest),
        new HttpRequestException("key", null, HttpStatusCode.Unauthorized),
        new HttpRequestException("forbidden", null, HttpStatusCode.Forbidden),
        new HttpRequestException("none", null, HttpStatusCode.NotFound),
        new InvalidOperationException("not registered"),
        new ArgumentException("bad"),
        new IOException("disk"),
        new InvalidOperationException("wrapped", new HttpRequestException("bad", new TimeoutException(), HttpStatusCode.BadRequest)),
        new SdkException(401),
        new SdkException(404),
        new NullableStatusException(HttpStatusCode.BadRequest, new TimeoutException()),
        new NullableStatusException(null, null),
        new StatusCodeException(HttpStatusCode.UnprocessableEntity),
        new TextStatusException("500"),
        new HidingException(404),
    };

    [Theory]
    [MemberData(nameof(OfTheService), DisableDiscoveryEnumeration = true)]
    public void ServiceFailure_MayBeTakenOver(Exception error) => Assert.True(TargetFailure.IsRetryable(error, CancellationToken.None));

    [Theory]
    [MemberData(nameof(OfTheRequest), DisableDiscoveryEnumeration = true)]
    public void RequestFailure_MayNot(Exception error) => Assert.False(TargetFailure.IsRetryable(error, CancellationToken.None));

    [Theory]
    [MemberData(nameof(OfTheService), DisableDiscoveryEnumeration = true)]
    public void ServiceFailure_MayNotAfterTheCallersCancellation(Exception error) =>
        Assert.False(TargetFailure.IsRetryable(error, new CancellationToken(canceled: true)));

    private sealed class SdkException(int status) : Exception
    {
        public int Status => status;
    }

    private sealed class NullableStatusException(HttpStatusCode? status, Exception? inner) : Exception("failed", inner)
    {
        public HttpStatusCode? StatusCode => status;
    }

    private sealed class StatusCodeException(HttpStatusCode status) : Exception
    {
        public HttpStatusCode StatusCode => status;
    }

    // Some SDKs derive from HttpRequestException, leave its status unset and declare their own under the same name.
    private sealed class HidingException(int? status, HttpStatusCode? ofBase = null) : HttpRequestException("failed", null, ofBase)
    {
        public new int? StatusCode => status;
    }

    private sealed class TextStatusException(string status) : Exception
    {
        public string Status => status;
    }
}
