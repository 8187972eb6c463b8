using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Server.Internal.Access;
using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Hosting;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Tests.Api;

/// <summary>The query side of a server, on a port of its own, over spans that a test gives it.</summary>
internal sealed class QueryServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly QueryGate _gate;
    private readonly OtlpDecoder _decoder = new();

    private QueryServer(WebApplication app, QueryGate gate, MemoryStore store, Dictionary<TraceId, List<StoredSpan>> unsettled)
    {
        _app = app;
        _gate = gate;
        Store = store;
        Unsettled = unsettled;
        Client = new HttpClient { BaseAddress = WebHost.Addresses(app)[0] };
    }

    public MemoryStore Store { get; }

    /// <summary>What is logged and not stored.</summary>
    public Dictionary<TraceId, List<StoredSpan>> Unsettled { get; }

    public HttpClient Client { get; }

    public EndpointDataSource Endpoints => ((IEndpointRouteBuilder)_app).DataSources.Single();

    /// <summary>When the samples begin.</summary>
    public static long EpochUnixNs { get; } = UnixTime.Of(new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero));

    public static async Task<QueryServer> StartAsync(QueryOptions? options = null, Func<ISpanStore, ISpanStore>? around = null)
    {
        var store = new MemoryStore();
        var unsettled = new Dictionary<TraceId, List<StoredSpan>>();
        options ??= new QueryOptions();
        var gate = new QueryGate(options, TimeProvider.System);
        var services = new ApiServices(
            around?.Invoke(store) ?? store,
            (trace, _) => Task.FromResult<IReadOnlyList<StoredSpan>>(unsettled.GetValueOrDefault(trace) ?? []),
            TimeProvider.System,
            options.SearchTimeMax);
        var app = WebHost.Build(
            IPAddress.Loopback,
            [(0, HttpProtocols.Http1)],
            certificate: null,
            1 << 20,
            NullLoggerFactory.Instance,
            endpoints => new ApiEndpoints(services, gate).Map(endpoints));
        await app.StartAsync();
        return new QueryServer(app, gate, store, unsettled);
    }

    public static async Task<QueryServer> StartWithSamplesAsync(QueryOptions? options = null)
    {
        var server = await StartAsync(options);
        foreach (var span in Samples.All)
        {
            server.Add(span);
        }

        return server;
    }

    public void Add(SampleSpan sample)
    {
        var (facts, body) = Read(sample);
        Store.Append(facts, body);
    }

    public void AddUnsettled(SampleSpan sample)
    {
        var (facts, body) = Read(sample);
        Unsettled.TryAdd(facts.TraceId, []);
        Unsettled[facts.TraceId].Add(new StoredSpan(facts, body));
    }

    public async Task<JsonElement> GetAsync(string path, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var answer = await Client.GetAsync(new Uri(path, UriKind.Relative));
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.StatusCode == expected, $"{path} answered {(int)answer.StatusCode}: {text}");
        return JsonDocument.Parse(text).RootElement;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
        _gate.Dispose();
    }

    private (SpanFacts Facts, byte[] Body) Read(SampleSpan sample)
    {
        var request = sample.ToRequest(EpochUnixNs);
        var facts = _decoder.Traces(request).Spans.Single();
        return (facts, request.AsSpan(facts.Position.Start, facts.Position.Length).ToArray());
    }
}
