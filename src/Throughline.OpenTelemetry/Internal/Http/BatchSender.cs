using System.IO.Compression;
using System.Net.Http.Headers;

namespace Throughline.OpenTelemetry.Internal.Http;

/// <summary>Posts one batch and retries what the receiver calls passing, all within one timeout. Never throws.</summary>
/// <remarks>
/// Synchronous, since an exporter is called on a thread of its own. The rules are OTLP's
/// (https://opentelemetry.io/docs/specs/otlp/#failures-1), and fit Zipkin, which throttles with 429 and 503.
/// </remarks>
internal sealed class BatchSender(HttpClient client, TimeSpan timeout, TimeProvider time) : IDisposable
{
    private const int AttemptsMax = 10;
    private const int ResponseBytesMax = 64 * 1024;

    private static readonly TimeSpan BackoffFirst = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BackoffMax = TimeSpan.FromSeconds(5);

    /// <summary>Below this a receiver's Retry-After would have us hammer it.</summary>
    private static readonly TimeSpan WaitMin = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stopping = new();

    public SendResult Send(Uri endpoint, ReadOnlyMemory<byte> body, string contentType, bool gzip)
    {
        try
        {
            return SendWithRetries(endpoint, gzip ? Compressed(body) : body, contentType, gzip);
        }
        catch (ObjectDisposedException)
        {
            return SendResult.GivenUp("the exporter is shut down");
        }
        catch (Exception failure)
        {
            return SendResult.GivenUp(failure.Message);
        }
    }

    /// <summary>Ends a request and a wait in flight; what they carried is given up.</summary>
    public void Stop() => _stopping.Cancel();

    public void Dispose()
    {
        _stopping.Cancel();
        client.Dispose();
        _stopping.Dispose();
    }

    private SendResult SendWithRetries(Uri endpoint, ReadOnlyMemory<byte> body, string contentType, bool gzip)
    {
        var started = time.GetTimestamp();
        var backoff = BackoffFirst;
        string? before = null;
        for (var attempt = 1; ; attempt++)
        {
            var left = timeout - time.GetElapsedTime(started);
            var outcome = SendOnce(endpoint, body, contentType, gzip, left);
            if (outcome.RetryAfter is null)
            {
                // The earlier failure says more than that time ran out on its retry.
                return outcome.Result.Succeeded || before is null ? outcome.Result : SendResult.GivenUp($"{before}, then {outcome.Result.Failure}");
            }

            before = outcome.Result.Failure;

            // Full jitter, so that many clients do not come back in step.
            var wait = outcome.RetryAfter > TimeSpan.Zero ? outcome.RetryAfter.Value : backoff * Random.Shared.NextDouble();
            wait = wait < WaitMin ? WaitMin : wait;
            backoff = backoff * 2 > BackoffMax ? BackoffMax : backoff * 2;
            left = timeout - time.GetElapsedTime(started);
            if (attempt == AttemptsMax || wait >= left || _stopping.Token.WaitHandle.WaitOne(wait))
            {
                return outcome.Result with { Failure = $"{outcome.Result.Failure} (after {attempt} attempts)" };
            }
        }
    }

    private (SendResult Result, TimeSpan? RetryAfter) SendOnce(
        Uri endpoint, ReadOnlyMemory<byte> body, string contentType, bool gzip, TimeSpan left)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
        deadline.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = new ReadOnlyMemoryContent(body) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue(contentType);
            if (gzip)
            {
                request.Content.Headers.ContentEncoding.Add("gzip");
            }

            using var response = client.Send(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            return response.IsSuccessStatusCode
                ? (SendResult.Taken(ReadBounded(response)), null)
                : (SendResult.GivenUp($"answered {(int)response.StatusCode}"), RetryAfter(response));
        }
        catch (OperationCanceledException)
        {
            var reason = _stopping.IsCancellationRequested ? "the exporter is shut down" : $"no answer within {timeout.TotalSeconds} s";
            return (SendResult.GivenUp(reason), null);
        }
        catch (HttpRequestException failure)
        {
            // A certificate that is not trusted now will not be in a second either.
            var passing = failure.HttpRequestError != HttpRequestError.SecureConnectionError;
            return (SendResult.GivenUp(failure.Message), passing ? TimeSpan.Zero : null);
        }
    }

    /// <summary>Null where a retry is pointless; zero where it is up to us when.</summary>
    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        if ((int)response.StatusCode is not (429 or 502 or 503 or 504))
        {
            return null;
        }

        var header = response.Headers.RetryAfter;
        return header?.Delta ?? (header?.Date is { } date && date > time.GetUtcNow() ? date - time.GetUtcNow() : TimeSpan.Zero);
    }

    private static byte[] ReadBounded(HttpResponseMessage response)
    {
        using var stream = response.Content.ReadAsStream();
        var body = new byte[ResponseBytesMax];
        var length = stream.ReadAtLeast(body, body.Length, throwOnEndOfStream: false);
        return body[..length];
    }

    private static ReadOnlyMemory<byte> Compressed(ReadOnlyMemory<byte> body)
    {
        var compressed = new MemoryStream(body.Length / 4);
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(body.Span);
        }

        return compressed.GetBuffer().AsMemory(0, (int)compressed.Length);
    }
}
