using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;
using Throughline.Server.Internal.Access;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Api.Metrics;
using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Brokers;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Pipeline;
using Throughline.Server.Internal.Receive;
using Throughline.Server.Internal.Rollups;
using Throughline.Server.Internal.Settings;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Internal.Hosting;

/// <summary>What the server's options mean to each of its parts.</summary>
internal sealed class ServerParts(ThroughlineServerOptions options, ServerSeams seams, ILoggerFactory loggers)
{
    // The largest request, in each of the forms that it goes through.
    private const int FormsOfRequest = 4;

    private const int SegmentsOfLogMin = 4;

    public IPAddress Address() =>
        IPAddress.TryParse(options.Address, out var address)
            ? address
            : throw new ServerSettingsException(
                $"address is '{options.Address}': it takes an IP address, such as 127.0.0.1, ::1 or 0.0.0.0.");

    public X509Certificate2? Certificate()
    {
        if (options.TlsCertificate is not { } file)
        {
            return options.TlsKey is null
                ? null
                : throw new ServerSettingsException("tls-key is set, and tls-certificate is not; TLS takes both.");
        }

        try
        {
            return X509Certificate2.CreateFromPemFile(file, options.TlsKey);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new ServerSettingsException(
                $"tls-certificate ({file}) and tls-key ({options.TlsKey}) cannot be used: {exception.Message}", exception);
        }
    }

    /// <exception cref="ServerSettingsException">The log could not take the largest request.</exception>
    public PipelineSettings Pipeline()
    {
        if (options.IngestLogSizeMax < 2L * options.RequestSizeMax)
        {
            throw new ServerSettingsException(
                $"ingest-log-size-max is {Sizes.Show(options.IngestLogSizeMax)}: it takes twice request-size-max, {Sizes.Show(2L * options.RequestSizeMax)}, at least.");
        }

        var decoder = new OtlpDecoder();
        var assembly = new AssemblyOptions
        {
            SettleAfter = options.SettleAfter,
            SettleLatest = options.SettleLatest,
            OrphanAfter = options.OrphanAfter,
            LiveSpansMax = options.LiveSpansMax,
        };
        return new PipelineSettings
        {
            Folder = options.DataFolder,
            Decoder = decoder,
            Assembly = assembly,
            Analysis = new AnalysisSettings
            {
                Rollups = RollupSettings.Default with
                {
                    MinutesKept = options.MinutesKept,
                    HoursKept = options.HoursKept,
                    SeriesMax = options.SeriesMax,
                },
            },
            // The newest segment is never released: it must not be all that there may be.
            Log = seams.Log with
            {
                SizeMax = options.IngestLogSizeMax,
                SegmentSizeMax = Math.Min(seams.Log.SegmentSizeMax, options.IngestLogSizeMax / SegmentsOfLogMin),
            },
            Pipeline = seams.Pipeline with { BacklogMax = options.BacklogMax },
            MakeWatchers = Watchers,
            MakeStore = () => seams.Around(new SegmentStore(
                new SegmentStoreOptions
                {
                    Folder = Path.Combine(options.DataFolder, "spans"),
                    AgeMax = options.SpansKept,
                    BytesMax = options.StoreSizeMax,
                },
                decoder, seams.Files, seams.Time, loggers.CreateLogger<SegmentStore>())),
        };
    }

    /// <exception cref="ServerSettingsException">A cluster's setting is none of librdkafka's, or has a value that it refuses.</exception>
    public ClusterWatchers Watchers()
    {
        try
        {
            return new ClusterWatchers(
                [.. options.Clusters.Select(cluster => new ClusterSettings(cluster.Key, cluster.Value.AsReadOnly()))],
                new WatchSettings { Interval = options.ClusterInterval },
                seams.Time);
        }
        catch (ArgumentException exception)
        {
            throw new ServerSettingsException($"clusters: {exception.Message}", exception);
        }
    }

    public ReceiveOptions Receiving() => new()
    {
        RequestSizeMax = options.RequestSizeMax,
        InFlightMax = Math.Max(new ReceiveOptions().InFlightMax, FormsOfRequest * (long)options.RequestSizeMax),
    };

    /// <exception cref="ServerSettingsException">Others can reach the address, and a key is missing.</exception>
    public AccessRules Access(IPAddress address) => new(address, options.IngestKey, options.ReadKey, options.HostNames);

    public QueryOptions Queries() => new()
    {
        QueriesAtOnceMax = options.QueriesMax,
        QueriesWaitingMax = options.QueriesWaitingMax,
        QueriesPerSecondMax = options.QueriesPerSecondMax,
        SearchTimeMax = options.QueryTimeMax,
    };

    public MetricSources Metrics(PipelineHost host, ReceiveCounts received, QueryCounts asked) => new()
    {
        Receive = received,
        Pipeline = host.Counts,
        Health = host.Health,
        Backlog = host.Backlog,
        LogBytes = () => host.Log.Size,
        LogBytesMax = options.IngestLogSizeMax,
        // Counts, read beside their writer: metrics must not wait for a pipeline that recovers, or has failed.
        Assembly = () => host.Assembly,
        Store = host.Store,
        Answers = host.Answers,
        Queries = asked,
        Time = seams.Time,
    };
}
