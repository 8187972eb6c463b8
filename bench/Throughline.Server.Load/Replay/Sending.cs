using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Threading.Channels;
using Throughline.Server.Load.Generation;

namespace Throughline.Server.Load.Replay;

/// <summary>Sends generated requests over several connections, again where the server says "later", and times the answers.</summary>
internal sealed class Sending(ReplayOptions options, Uri server)
{
    private const int RequestsAhead = 64;

    private readonly List<double> _answerMs = [];
    private readonly Lock _timing = new();
    private long _later;

    public long Spans { get; private set; }

    public long Bytes { get; private set; }

    /// <summary>Requests that had to be sent again.</summary>
    public long Later => Interlocked.Read(ref _later);

    public double AnswerMs(double quantile)
    {
        _answerMs.Sort();
        return _answerMs.Count == 0 ? 0 : _answerMs[Math.Min(_answerMs.Count - 1, (int)(quantile * _answerMs.Count))];
    }

    public async Task<TimeSpan> RunAsync()
    {
        var traffic = new Traffic(new TrafficOptions
        {
            Begin = DateTimeOffset.UtcNow,
            SpansPerSecond = options.Rate > 0 ? options.Rate : 20_000,
            SpansPerRequest = options.SpansPerRequest,
        });
        var requests = Channel.CreateBounded<byte[]>(RequestsAhead);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = options.Connections });
        var watch = Stopwatch.StartNew();
        var senders = Enumerable.Range(0, options.Connections).Select(_ => SendAsync(http, requests.Reader)).ToArray();
        while (watch.Elapsed.TotalSeconds < options.Seconds)
        {
            if (options.Rate > 0 && traffic.Spans > options.Rate * watch.Elapsed.TotalSeconds)
            {
                await Task.Delay(1);
                continue;
            }

            var request = traffic.Next();
            Bytes += request.Length;
            await requests.Writer.WriteAsync(request);
        }

        requests.Writer.Complete();
        await Task.WhenAll(senders);
        Spans = traffic.Given;
        return watch.Elapsed;
    }

    private async Task SendAsync(HttpClient http, ChannelReader<byte[]> requests)
    {
        var address = new Uri(server, "/v1/traces");
        await foreach (var request in requests.ReadAllAsync())
        {
            while (true)
            {
                var start = Stopwatch.GetTimestamp();
                using var content = new ByteArrayContent(request);
                content.Headers.ContentType = new MediaTypeHeaderValue("application/x-protobuf");
                using var answer = await http.PostAsync(address, content);
                if (answer.StatusCode == HttpStatusCode.OK)
                {
                    lock (_timing)
                    {
                        _answerMs.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    }

                    break;
                }

                Interlocked.Increment(ref _later);
                await Task.Delay(answer.Headers.RetryAfter?.Delta ?? TimeSpan.FromSeconds(1));
            }
        }
    }
}
