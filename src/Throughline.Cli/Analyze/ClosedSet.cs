using System.Net.Http.Headers;
using Throughline.Cli.Demo;
using Throughline.Server;

namespace Throughline.Cli.Analyze;

/// <summary>A server of its own for spans that are all there: it takes them, settles them, answers, and is gone.</summary>
internal sealed class ClosedSet : IAsyncDisposable
{
    /// <summary>A file's spans may be of any time.</summary>
    public static TimeSpan Kept { get; } = TimeSpan.FromDays(20 * 365);

    // While it is fed nothing settles: a record's two ends may be far from each other in a file.
    private static readonly TimeSpan Feeding = TimeSpan.FromDays(1);
    private static readonly TimeSpan SettledMax = TimeSpan.FromMinutes(10);

    private const int AttemptsMax = 60;

    private readonly TemporaryFolder _folder;
    private readonly ThroughlineServer _server;
    private readonly HttpClient _http = new();

    private ClosedSet(TemporaryFolder folder, ThroughlineServer server)
    {
        _folder = folder;
        _server = server;
    }

    /// <summary>Where it answers.</summary>
    public Uri Address => _server.Address;

    /// <summary>Where it takes OTLP over HTTP.</summary>
    public Uri OtlpAddress => _server.OtlpHttpAddress;

    public static async Task<ClosedSet> StartAsync(CancellationToken cancellationToken)
    {
        var folder = new TemporaryFolder();
        try
        {
            var options = new ThroughlineServerOptions
            {
                DataFolder = folder.Path,
                Port = 0,
                OtlpGrpcPort = 0,
                OtlpHttpPort = 0,
                SettleAfter = Feeding,
                SettleLatest = Feeding,
                OrphanAfter = Feeding,
                HoursKept = Kept,
                SpansKept = Kept,
            };
            return new ClosedSet(folder, await ThroughlineServer.StartAsync(options, cancellationToken: cancellationToken));
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Hands in one request, in protobuf or JSON.</summary>
    /// <param name="request">Its bytes.</param>
    /// <param name="origin">Where it is from, for the message that says what is wrong with it.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="CommandException">It is no OTLP.</exception>
    public async Task TakeAsync(ReadOnlyMemory<byte> request, string origin, CancellationToken cancellationToken)
    {
        using var content = new ReadOnlyMemoryContent(request);
        content.Headers.ContentType = new MediaTypeHeaderValue(
            request.Length > 0 && request.Span[0] == (byte)'{' ? "application/json" : "application/x-protobuf");
        using var answer = await SendAsync(content, cancellationToken);
        if (!answer.IsSuccessStatusCode)
        {
            var why = await answer.Content.ReadAsStringAsync(cancellationToken);
            throw new CommandException(ExitCodes.Usage, $"{origin} is no OTLP traces request: {why}");
        }
    }

    /// <summary>Ends when everything that was taken is in the answers: nothing more comes.</summary>
    public Task SettledAsync(CancellationToken cancellationToken) => _server.SettleAsync(SettledMax, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<HttpResponseMessage> SendAsync(HttpContent content, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await _http.PostAsync(new Uri(_server.OtlpHttpAddress, "/v1/traces"), content, cancellationToken);
            if (answer.Headers.RetryAfter?.Delta is not { } pause || attempt == AttemptsMax)
            {
                return answer;
            }

            answer.Dispose();
            await Task.Delay(pause, cancellationToken);
        }
    }
}
