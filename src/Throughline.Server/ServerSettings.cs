using System.Collections;
using System.Globalization;
using System.Text.Json;
using Throughline.Server.Internal.Settings;

namespace Throughline.Server;

/// <summary>
/// The one table of settings: what flags, environment and file are read by, and what docs/server.md is made of. A flag wins
/// over the environment, which wins over the file.
/// </summary>
public static class ServerSettings
{
    internal const string ClustersKey = "clusters";

    /// <summary>All settings that have one value, in the order in which help shows them.</summary>
    public static IReadOnlyList<ServerSetting> All { get; } =
    [
        Text("data-folder", "FOLDER", "Where everything is kept.", o => o.DataFolder, (o, v) => o.DataFolder = v),
        Text("address", "ADDRESS", "The address to listen on. Anything but loopback needs both keys.", o => o.Address, (o, v) => o.Address = v),
        Port("port", "Port of the query API and the dashboard.", o => o.Port, (o, v) => o.Port = v),
        Port("otlp-grpc-port", "Port of OTLP over gRPC.", o => o.OtlpGrpcPort, (o, v) => o.OtlpGrpcPort = v),
        Port("otlp-http-port", "Port of OTLP over HTTP, and of Zipkin's /api/v2/spans.", o => o.OtlpHttpPort, (o, v) => o.OtlpHttpPort = v),
        Secret("ingest-key", "What senders must show as a bearer token.", o => o.IngestKey, (o, v) => o.IngestKey = v),
        Secret("read-key", "What readers must show as a bearer token.", o => o.ReadKey, (o, v) => o.ReadKey = v),
        Text("tls-certificate", "FILE", "A PEM file with the certificate to serve TLS with.", o => o.TlsCertificate ?? "", (o, v) => o.TlsCertificate = v),
        Text("tls-key", "FILE", "The PEM file with its private key.", o => o.TlsKey ?? "", (o, v) => o.TlsKey = v),
        Text("host-names", "NAME,…", "Names by which browsers may reach the server, besides its address and localhost.", o => string.Join(',', o.HostNames), ReadHostNames),
        Time("spans-kept", "How long spans are kept; older ones are dropped, whole files at a time.", o => o.SpansKept, (o, v) => o.SpansKept = v),
        Size("store-size-max", "Bytes of stored spans; over it the oldest go first.", o => o.StoreSizeMax, (o, v) => o.StoreSizeMax = v),
        Size("ingest-log-size-max", "Bytes of the ingest log; over it requests are refused (429, UNAVAILABLE) until the store has caught up.", o => o.IngestLogSizeMax, (o, v) => o.IngestLogSizeMax = v),
        Size("backlog-max", "Bytes of acknowledged requests that wait in memory; over it requests are refused (429, UNAVAILABLE) until they are fewer.", o => o.BacklogMax, (o, v) => o.BacklogMax = v),
        Size("request-size-max", "Bytes of one request after decompression; a larger one is refused for good (413, RESOURCE_EXHAUSTED).", o => o.RequestSizeMax, (o, v) => o.RequestSizeMax = checked((int)v)),
        Time("settle-after", "How long a trace must have been quiet before its hops are told and its spans stored.", o => o.SettleAfter, (o, v) => o.SettleAfter = v),
        Time("settle-latest", "How long a trace that is never quiet is waited for.", o => o.SettleLatest, (o, v) => o.SettleLatest = v),
        Time("orphan-after", "How long a missing parent is waited for before its child is called an orphan.", o => o.OrphanAfter, (o, v) => o.OrphanAfter = v),
        Count("live-spans-max", "Spans of traces that are not settled; over it the oldest traces are settled early.", o => o.LiveSpansMax, (o, v) => o.LiveSpansMax = v),
        Time("minutes-kept", "How long figures are kept by the minute.", o => o.MinutesKept, (o, v) => o.MinutesKept = v),
        Time("hours-kept", "How long figures are kept by the hour.", o => o.HoursKept, (o, v) => o.HoursKept = v),
        Count("series-max", "Series of figures; over it new ones are counted under 'other'.", o => o.SeriesMax, (o, v) => o.SeriesMax = v),
        Time("query-time-max", "How long one query may look; then it answers with what it has, and a cursor.", o => o.QueryTimeMax, (o, v) => o.QueryTimeMax = v),
        Count("queries-max", "Queries at once; more wait their turn.", o => o.QueriesMax, (o, v) => o.QueriesMax = v),
        Count("queries-waiting-max", "Queries that wait for their turn; further ones are refused (503).", o => o.QueriesWaitingMax, (o, v) => o.QueriesWaitingMax = v),
        Count("queries-per-second-max", "Queries a second over all clients, with bursts of twice as many; further ones are refused (429).", o => o.QueriesPerSecondMax, (o, v) => o.QueriesPerSecondMax = v),
        Text("bootstrap-servers", "HOST:PORT,…", "A Kafka cluster whose offsets and facts are asked for; more of them, and TLS and SASL, in the file under 'clusters'.", _ => "", ReadBootstrapServers),
        Time("cluster-interval", "How often clusters are asked.", o => o.ClusterInterval, (o, v) => o.ClusterInterval = v),
        Text("link-templates", "NAME=URL,…", "Ways from a journey or a record to other tools, by http or https, such as Jaeger=http://localhost:16686/trace/{traceId} or Kafka UI=http://localhost:8080/topics/{topic}?partition={partition}&offset={offset}. Placeholders: {traceId}, {spanId}, {service}, {topic}, {partition}, {offset}, {fromMs}, {toMs}.", o => LinkTemplates.Show(o.LinkTemplates), ReadLinkTemplates),
    ];

    /// <summary>Reads a file, then the environment, then flags into options.</summary>
    /// <param name="file">A JSON file, or null for none.</param>
    /// <param name="environment">Variables; those of other programs are not looked at.</param>
    /// <param name="flags">Values by setting name.</param>
    /// <exception cref="ServerSettingsException">A value cannot be used, or a key is not known.</exception>
    public static ThroughlineServerOptions Read(
        string? file, IDictionary environment, IReadOnlyDictionary<string, string> flags)
    {
        ArgumentNullException.ThrowIfNull(environment);
        ArgumentNullException.ThrowIfNull(flags);
        var options = new ThroughlineServerOptions();
        if (file is not null)
        {
            ReadFile(options, file);
        }

        foreach (DictionaryEntry variable in environment)
        {
            var name = (string)variable.Key;
            if (All.FirstOrDefault(setting => setting.Variable == name) is { } setting && variable.Value is string { Length: > 0 } value)
            {
                Apply(options, setting, value, $"the variable {name}");
            }
        }

        foreach (var setting in All)
        {
            if (flags.TryGetValue(setting.Name, out var value))
            {
                Apply(options, setting, value, $"--{setting.Name}");
            }
        }

        return options;
    }

    private static void ReadFile(ThroughlineServerOptions options, string file)
    {
        try
        {
            using var document = JsonDocument.Parse(
                File.ReadAllBytes(file),
                new JsonDocumentOptions { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip });
            foreach (var member in document.RootElement.EnumerateObject())
            {
                if (member.NameEquals(ClustersKey))
                {
                    ReadClusters(options, member.Value, file);
                    continue;
                }

                var setting = All.FirstOrDefault(known => member.NameEquals(known.Name))
                    ?? throw new ServerSettingsException(
                        $"{file} has the key '{member.Name}', which is no setting. Known are: {string.Join(", ", All.Select(known => known.Name))}, {ClustersKey}.");
                Apply(options, setting, member.Value.ToString(), $"'{member.Name}' in {file}");
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            throw new ServerSettingsException($"The settings file {file} cannot be read: {exception.Message}", exception);
        }
    }

    private static void ReadClusters(ThroughlineServerOptions options, JsonElement clusters, string file)
    {
        foreach (var cluster in clusters.EnumerateObject())
        {
            var settings = cluster.Value.EnumerateObject()
                .ToDictionary(setting => setting.Name, setting => setting.Value.ToString(), StringComparer.Ordinal);
            if (!settings.ContainsKey("bootstrap.servers"))
            {
                throw new ServerSettingsException(
                    $"The cluster '{cluster.Name}' in {file} has no bootstrap.servers; its settings are librdkafka's, such as \"bootstrap.servers\": \"broker:9092\".");
            }

            options.Clusters[cluster.Name] = settings;
            options.Origins[ClustersKey] = $"'{ClustersKey}' in {file}";
        }
    }

    private static void ReadHostNames(ThroughlineServerOptions options, string value)
    {
        options.HostNames.Clear();
        foreach (var name in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            options.HostNames.Add(name);
        }
    }

    private static void ReadLinkTemplates(ThroughlineServerOptions options, string value)
    {
        var templates = LinkTemplates.Read(value).ToList();
        options.LinkTemplates.Clear();
        foreach (var template in templates)
        {
            options.LinkTemplates.Add(template);
        }
    }

    private static void ReadBootstrapServers(ThroughlineServerOptions options, string value) =>
        options.Clusters["kafka"] = new Dictionary<string, string>(StringComparer.Ordinal) { ["bootstrap.servers"] = value };

    private static void Apply(ThroughlineServerOptions options, ServerSetting setting, string value, string origin)
    {
        try
        {
            setting.Read(options, value);
            options.Origins[setting.Name] = origin;
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            var shown = setting.IsSecret ? "a value that is not shown" : $"'{value}'";
            throw new ServerSettingsException($"{origin} is {shown}: {exception.Message}", exception);
        }
    }

    private static ServerSetting Text(
        string name, string value, string description, Func<ThroughlineServerOptions, string> show, Action<ThroughlineServerOptions, string> set) =>
        new(name, value, description, show, (options, text) => set(options, text.Length > 0 ? text : throw new FormatException("it is empty.")));

    private static ServerSetting Secret(
        string name, string description, Func<ThroughlineServerOptions, string?> show, Action<ThroughlineServerOptions, string> set)
    {
        const int LengthMin = 16;
        return new(name, "KEY", description, options => show(options) is null ? "" : "(set)", (options, text) =>
            set(options, text.Length >= LengthMin ? text : throw new FormatException($"a key has {LengthMin} characters at least.")))
        {
            IsSecret = true,
        };
    }

    private static ServerSetting Port(
        string name, string description, Func<ThroughlineServerOptions, int> show, Action<ThroughlineServerOptions, int> set) =>
        Number(name, "PORT", description + " 0 for any that is free.", show, set, 0, ushort.MaxValue);

    private static ServerSetting Count(
        string name, string description, Func<ThroughlineServerOptions, int> show, Action<ThroughlineServerOptions, int> set) =>
        Number(name, "N", description, show, set, 1, 100_000_000);

    private static ServerSetting Number(
        string name, string value, string description, Func<ThroughlineServerOptions, int> show, Action<ThroughlineServerOptions, int> set, int min, int max) =>
        new(name, value, description, options => show(options).ToString(CultureInfo.InvariantCulture), (options, text) =>
            set(options, int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
                ? number
                : throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"it takes a number from {min} to {max}."))));

    private static ServerSetting Size(
        string name, string description, Func<ThroughlineServerOptions, long> show, Action<ThroughlineServerOptions, long> set)
    {
        const long Min = 1 << 16;
        return new(name, "SIZE", description, options => Sizes.Show(show(options)), (options, text) =>
            set(options, Sizes.TryParse(text, out var bytes) && bytes >= Min
                ? bytes
                : throw new FormatException($"it takes {Sizes.Allowed}, of {Sizes.Show(Min)} at least.")));
    }

    private static ServerSetting Time(
        string name, string description, Func<ThroughlineServerOptions, TimeSpan> show, Action<ThroughlineServerOptions, TimeSpan> set) =>
        new(name, "TIME", description, options => Times.Show(show(options)), (options, text) =>
            set(options, Times.TryParse(text, out var time) && time > TimeSpan.Zero
                ? time
                : throw new FormatException($"it takes {Times.Allowed}.")));
}
