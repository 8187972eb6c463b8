using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;

namespace Throughline.Cli.Demo.Otlp;

/// <summary>Sends what the services exported of one signal on to a backend, byte for byte, without holding them up.</summary>
internal sealed class OtlpForwarder : IDisposable
{
    public const string Traces = "/v1/traces";
    public const string Metrics = "/v1/metrics";

    private const int RequestsMax = 4096;
    private const int AttemptsMax = 4;
    private const int GrpcPort = 4317;
    private static readonly TimeSpan RequestTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PauseBetweenAttempts = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _http = new() { Timeout = RequestTimeout };
    private readonly Uri _endpoint;
    private readonly Channel<Waiting> _requests = Channel.CreateBounded<Waiting>(RequestsMax);
    private int _sent;
    private int _failed;
    private string? _firstFailure;

    /// <summary>Takes the backend's address with or without the signal's path.</summary>
    public OtlpForwarder(Uri backend, string signal = Traces)
    {
        _endpoint = backend.AbsolutePath.TrimEnd('/').EndsWith(signal, StringComparison.Ordinal)
            ? backend
            : new Uri(backend.ToString().TrimEnd('/') + signal);
        _ = SendAllAsync();
    }

    public void Offer(byte[] request)
    {
        if (!_requests.Writer.TryWrite(new Waiting(request, Passed: null)))
        {
            Fail("it is too slow");
        }
    }

    /// <summary>Waits until everything that was offered so far was sent or given up.</summary>
    public async Task<ForwardOutcome> FlushAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        var mark = new Waiting([], new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        try
        {
            await _requests.Writer.WriteAsync(mark, cancellationToken).AsTask().WaitAsync(timeout, cancellationToken);
            await mark.Passed!.Task.WaitAsync(timeout, cancellationToken);
        }
        catch (TimeoutException)
        {
            Fail("it did not take everything in time");
        }

        return new ForwardOutcome(_endpoint, Volatile.Read(ref _sent), Volatile.Read(ref _failed), _firstFailure);
    }

    public void Dispose()
    {
        _requests.Writer.TryComplete();
        _http.Dispose();
    }

    private async Task SendAllAsync()
    {
        await foreach (var request in _requests.Reader.ReadAllAsync())
        {
            if (request.Passed is { } passed)
            {
                passed.SetResult();
                continue;
            }

            var failure = await SendAsync(request.Body);
            if (failure is null)
            {
                Interlocked.Increment(ref _sent);
            }
            else
            {
                Fail(failure);
            }
        }
    }

    private async Task<string?> SendAsync(byte[] request)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                using var content = new ByteArrayContent(request);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
                using var response = await _http.PostAsync(_endpoint, content);
                if (response.IsSuccessStatusCode)
                {
                    return null;
                }

                if (!IsRetryable(response.StatusCode) || attempt == AttemptsMax)
                {
                    return $"it answered {(int)response.StatusCode} {response.ReasonPhrase}";
                }
            }
            catch (Exception error) when (error is HttpRequestException or TaskCanceledException or ObjectDisposedException)
            {
                return _endpoint.Port == GrpcPort
                    ? $"{error.Message} (4317 is usually OTLP's gRPC port; over HTTP it is 4318)"
                    : error.Message;
            }

            await Task.Delay(PauseBetweenAttempts);
        }
    }

    // https://opentelemetry.io/docs/specs/otlp/#retryable-response-codes
    private static bool IsRetryable(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests
        or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    private void Fail(string reason)
    {
        Interlocked.CompareExchange(ref _firstFailure, reason, null);
        Interlocked.Increment(ref _failed);
    }

    /// <param name="Body">The request.</param>
    /// <param name="Passed">Not a request, but a mark: everything before it is done with.</param>
    private readonly record struct Waiting(byte[] Body, TaskCompletionSource? Passed);
}
