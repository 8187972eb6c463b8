using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Throughline.Server.Internal.Access;
using Throughline.Server.Internal;
using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Api.Metrics;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Brokers;
using Throughline.Server.Internal.Files;
using Throughline.Server.Internal.Hosting;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Pipeline;
using Throughline.Server.Internal.Receive;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;
using Throughline.Server.Tests.Analyze;

namespace Throughline.Server.Tests.Api;

/// <summary>The query side of a server, on a port of its own, over spans that a test gives it.</summary>
internal sealed class QueryServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly QueryGate _gate;
    private readonly TemporaryFolder _folder;
    private readonly OtlpDecoder _decoder;

    private QueryServer(
        WebApplication app, QueryGate gate, TemporaryFolder folder, OtlpDecoder decoder, SegmentStore store, AnalysisRun analyses,
        Dictionary<TraceId, List<StoredSpan>> unsettled)
    {
        _folder = folder;
        _decoder = decoder;
        Analyses = analyses;
        _app = app;
        _gate = gate;
        Store = store;
        Unsettled = unsettled;
        Client = new HttpClient { BaseAddress = WebHost.Addresses(app)[0] };
    }

    public SegmentStore Store { get; }

    public AnalysisRun Analyses { get; }

    public required ApiServices Services { get; init; }

    /// <summary>What is logged and not stored.</summary>
    public Dictionary<TraceId, List<StoredSpan>> Unsettled { get; }

    public HttpClient Client { get; }

    public EndpointDataSource Endpoints => ((IEndpointRouteBuilder)_app).DataSources.Single();

    /// <summary>When the samples begin, where a test does not say else.</summary>
    public static long EpochUnixNs { get; } = UnixTime.Of(new DateTimeOffset(2026, 11, 21, 10, 0, 0, TimeSpan.Zero));

    public static async Task<QueryServer> StartAsync(QueryOptions? options = null)
    {
        var folder = new TemporaryFolder();
        var decoder = new OtlpDecoder();
        var store = new SegmentStore(
            new SegmentStoreOptions { Folder = folder.Path }, decoder, DiskFiles.Instance, TimeProvider.System, NullLogger<SegmentStore>.Instance);
        store.Recover(mark: null);
        var analyses = new AnalysisRun();
        var unsettled = new Dictionary<TraceId, List<StoredSpan>>();
        options ??= new QueryOptions();
        var gate = new QueryGate(options, TimeProvider.System);
        var services = new ApiServices(
            store,
            (trace, _) => Task.FromResult<IReadOnlyList<StoredSpan>>(unsettled.GetValueOrDefault(trace) ?? []),
            analyses.Answers,
            analyses.Clock,
            options.SearchTimeMax);
        var app = WebHost.Build(
            IPAddress.Loopback,
            [(0, HttpProtocols.Http1)],
            certificate: null,
            1 << 20,
            NullLoggerFactory.Instance,
            endpoints =>
            {
                new QueryEndpoints(services, gate, options).Map(endpoints);
                new MetricsEndpoint(Sources(store, analyses, gate), gate).Map(endpoints);
            });
        await app.StartAsync();
        return new QueryServer(app, gate, folder, decoder, store, analyses, unsettled) { Services = services };
    }

    private static MetricSources Sources(SegmentStore store, AnalysisRun analyses, QueryGate gate) => new()
    {
        Receive = new ReceiveCounts(),
        Pipeline = new PipelineCounts(),
        Health = new PipelineHealth(),
        Backlog = new Backlog(1 << 20),
        LogBytes = () => 0,
        LogBytesMax = 1 << 30,
        Assembly = static () => new AssemblyStatistics(),
        Store = store,
        Answers = analyses.Answers,
        Queries = gate.Counts,
        Time = analyses.Clock,
    };

    public static async Task<QueryServer> StartWithSamplesAsync(QueryOptions? options = null)
    {
        var server = await StartAsync(options);
        foreach (var span in Samples.All)
        {
            server.Add(span);
        }

        return server;
    }

    public void Add(SampleSpan sample) => Add(sample.ToRequest(EpochUnixNs));

    /// <summary>All spans of a request.</summary>
    public void Add(byte[] request)
    {
        foreach (var span in _decoder.Traces(request).Spans)
        {
            Store.Append(span, request.AsSpan(span.Position.Start, span.Position.Length));
        }
    }

    public void AddUnsettled(SampleSpan sample)
    {
        var (facts, body) = Read(sample);
        Unsettled.TryAdd(facts.TraceId, []);
        Unsettled[facts.TraceId].Add(new StoredSpan(facts, body));
    }

    /// <summary>A row for every kind of answer.</summary>
    public void AnalyseSomething()
    {
        var now = Analyses.Clock.UnixNs;
        for (var i = 0; i < 10; i++)
        {
            var send = Told.Send("shop", now, offset: i, key: "k", headerBytes: 55, bodySize: 100);
            var process = Told.Process("billing", now + 70_000_000, offset: i, error: i == 0 ? "IOException" : null);
            Analyses.Analyses.Settled(Told.Trace(Told.Hop(send, process, Told.Timing(68_000_000, 30_000_000))));
        }

        var failed = Told.Send("shop", now, error: "MSG_TIMED_OUT", outcome: "failed");
        Analyses.Analyses.Settled(Told.Trace(failed));
        Analyses.Analyses.Orphaned(new Orphan(
            Told.Process("mailer", now, group: "mailer"), OrphanCause.HeaderMissing, "The record had no header.", Missing: null));
        Analyses.Clusters.Add(Cluster(now));
        Analyses.Shown();
    }

    /// <summary>Two partitions, of which the second has expired past what the group has committed.</summary>
    private static ClusterState Cluster(long nowUnixNs)
    {
        var topic = new TopicState(
            "orders", "id", IsCompacted: false, RetentionMs: null, [new PartitionState(0, 1, 3, 3, 0, 100), new PartitionState(1, 1, 3, 2, 10, 100)]);
        var committed = new Dictionary<TopicSlot, long> { [new TopicSlot("orders", 0)] = 40, [new TopicSlot("orders", 1)] = 5 };
        var view = new ClusterView(
            "cluster-1", nowUnixNs, 1, HasTransactions: false, [new BrokerNode(1, "localhost", 9092, null, 2, 2)],
            new Dictionary<string, TopicState> { ["orders"] = topic }, [new GroupState("billing", "Stable", committed)],
            new Dictionary<GroupSlot, long>(), LeftOut: null);
        return new ClusterState("prod", view, Error: null, nowUnixNs);
    }

    /// <summary>Status, content type and text of an answer.</summary>
    public async Task<(HttpStatusCode Status, string? Type, string Text)> AskAsync(string path, string? body = null)
    {
        // The content type that curl -d gives, whatever the body is.
        using var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/x-www-form-urlencoded");
        var address = new Uri(path, UriKind.Relative);
        using var answer = content is null ? await Client.GetAsync(address) : await Client.PostAsync(address, content);
        return (answer.StatusCode, answer.Content.Headers.ContentType?.MediaType, await answer.Content.ReadAsStringAsync());
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
        await Store.DisposeAsync();
        Analyses.Dispose();
        _folder.Dispose();
    }

    private (SpanFacts Facts, byte[] Body) Read(SampleSpan sample)
    {
        var request = sample.ToRequest(EpochUnixNs);
        var facts = _decoder.Traces(request).Spans.Single();
        return (facts, request.AsSpan(facts.Position.Start, facts.Position.Length).ToArray());
    }
}
