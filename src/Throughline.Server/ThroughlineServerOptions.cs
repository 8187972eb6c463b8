namespace Throughline.Server;

/// <summary>
/// What a server listens on, keeps and allows. Every one has a default that is right for one machine; the same settings are
/// read from flags, environment and a file by <see cref="ServerSettings"/>.
/// </summary>
public sealed class ThroughlineServerOptions
{
    /// <summary>Where everything is kept. Default: <c>throughline</c> in the user's folder for local application data.</summary>
    public string DataFolder { get; set; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "throughline");

    /// <summary>The address to listen on. Anything but loopback needs both keys.</summary>
    public string Address { get; set; } = "127.0.0.1";

    /// <summary>Port of the query API and the dashboard; 0 for any that is free.</summary>
    public int Port { get; set; } = 4320;

    /// <summary>Port of OTLP over gRPC; 0 for any that is free.</summary>
    public int OtlpGrpcPort { get; set; } = 4317;

    /// <summary>Port of OTLP over HTTP, and of Zipkin's <c>/api/v2/spans</c>; 0 for any that is free.</summary>
    public int OtlpHttpPort { get; set; } = 4318;

    /// <summary>What a sender of telemetry must show as a bearer token; null for nothing, on loopback only.</summary>
    public string? IngestKey { get; set; }

    /// <summary>What a reader must show as a bearer token; null for nothing, on loopback only.</summary>
    public string? ReadKey { get; set; }

    /// <summary>A PEM file with the certificate to serve TLS with; null for plain HTTP.</summary>
    public string? TlsCertificate { get; set; }

    /// <summary>The PEM file with that certificate's private key.</summary>
    public string? TlsKey { get; set; }

    /// <summary>Names by which browsers may reach the server, besides its address and localhost.</summary>
    public IList<string> HostNames { get; } = [];

    /// <summary>How long spans are kept.</summary>
    public TimeSpan SpansKept { get; set; } = TimeSpan.FromDays(7);

    /// <summary>Bytes of stored spans; over it the oldest go first.</summary>
    public long StoreSizeMax { get; set; } = 20L << 30;

    /// <summary>Bytes of the ingest log; over it requests are refused until the store has caught up.</summary>
    public long IngestLogSizeMax { get; set; } = 4L << 30;

    /// <summary>Bytes of acknowledged requests that wait in memory; over it requests are refused until they are fewer.</summary>
    public long BacklogMax { get; set; } = 64L << 20;

    /// <summary>Bytes of one request after decompression; a larger one is refused for good.</summary>
    public int RequestSizeMax { get; set; } = 64 << 20;

    /// <summary>How long a trace must have been quiet before its hops are told and its spans stored.</summary>
    public TimeSpan SettleAfter { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a trace that is never quiet is waited for.</summary>
    public TimeSpan SettleLatest { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a parent that is missing is waited for before its child is called an orphan.</summary>
    public TimeSpan OrphanAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Spans of traces that are not settled; over it the oldest traces are settled early.</summary>
    public int LiveSpansMax { get; set; } = 1_000_000;

    /// <summary>How long figures are kept by the minute.</summary>
    public TimeSpan MinutesKept { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long figures are kept by the hour.</summary>
    public TimeSpan HoursKept { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Series of figures (topic × group × partition, path…); over it new ones are counted under <c>other</c>.</summary>
    public int SeriesMax { get; set; } = 50_000;

    /// <summary>How long one query may look; then it answers with what it has and a cursor.</summary>
    public TimeSpan QueryTimeMax { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Queries at once; more wait their turn.</summary>
    public int QueriesMax { get; set; } = 16;

    /// <summary>Queries that wait for their turn; further ones are refused for now.</summary>
    public int QueriesWaitingMax { get; set; } = 64;

    /// <summary>Queries a second over all clients, with bursts of twice as many; further ones are refused for now.</summary>
    public int QueriesPerSecondMax { get; set; } = 200;

    /// <summary>
    /// Clusters whose offsets and facts are asked for, by name: librdkafka's settings of each, <c>bootstrap.servers</c> and
    /// what TLS and SASL need.
    /// </summary>
    public IDictionary<string, IDictionary<string, string>> Clusters { get; } =
        new Dictionary<string, IDictionary<string, string>>(StringComparer.Ordinal);

    /// <summary>Where values came from that <see cref="ServerSettings"/> has read, in words, by the setting's name; without those that are a program's own.</summary>
    internal Dictionary<string, string> Origins { get; } = new(StringComparer.Ordinal);

    /// <summary>How often clusters are asked.</summary>
    public TimeSpan ClusterInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Ways from journeys and records to other tools.</summary>
    public IList<LinkTemplate> LinkTemplates { get; } = [];
}
