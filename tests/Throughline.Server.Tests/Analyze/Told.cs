using Throughline.Server.Internal.Assemble;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Tests.Analyze;

/// <summary>Makes what assembly and metrics tell analyses.</summary>
internal static class Told
{
    private static ulong _lastId;

    public static SpanSource Source(string service, string? environment = null, string instance = "1") => new()
    {
        Service = service,
        Environment = environment,
        ScopeName = "test",
        ResourceBytes = System.Text.Encoding.UTF8.GetBytes(service + instance + environment),
        ScopeBytes = default,
    };

    public static SpanFacts Send(
        string service,
        long startUnixNs,
        string topic = "orders",
        int partition = 0,
        long offset = -1,
        string? error = null,
        string? transaction = null,
        string? key = null,
        double weight = 1,
        long durationNs = 2_000_000,
        string? cluster = null,
        string? outcome = null,
        int headerBytes = -1,
        long bodySize = -1) => new()
        {
            TraceId = new TraceId(1, Interlocked.Increment(ref _lastId)),
            SpanId = Interlocked.Increment(ref _lastId),
            Kind = SpanKind.Producer,
            Name = "send " + topic,
            Status = error is null ? SpanStatus.Unset : SpanStatus.Error,
            ErrorType = error,
            StartUnixNs = startUnixNs,
            EndUnixNs = startUnixNs + durationNs,
            Weight = weight,
            Source = Source(service),
            Messaging = new MessagingFacts
            {
                System = "kafka",
                Operation = MessagingOperation.Send,
                Topic = topic,
                Partition = partition,
                Offset = offset,
                TransactionId = transaction,
                Key = key,
                ClusterId = cluster,
                SendOutcome = outcome,
                TraceHeaderBytes = headerBytes,
                BodySize = bodySize,
            },
        };

    public static SpanFacts Process(
        string service,
        long startUnixNs,
        string topic = "orders",
        string? group = "billing",
        int partition = 0,
        long offset = -1,
        string? error = null,
        string? outcome = null,
        int batch = -1,
        double weight = 1,
        long durationNs = 10_000_000,
        string? cluster = null,
        MessagingOperation operation = MessagingOperation.Process) => new()
        {
            TraceId = new TraceId(2, Interlocked.Increment(ref _lastId)),
            SpanId = Interlocked.Increment(ref _lastId),
            Kind = SpanKind.Consumer,
            Name = "process " + topic,
            Status = error is null ? SpanStatus.Unset : SpanStatus.Error,
            ErrorType = error,
            StartUnixNs = startUnixNs,
            EndUnixNs = startUnixNs + durationNs,
            Weight = weight,
            Source = Source(service),
            Messaging = new MessagingFacts
            {
                System = "kafka",
                Operation = operation,
                Topic = topic,
                Group = group,
                Partition = partition,
                Offset = offset,
                BatchCount = batch,
                ProcessOutcome = outcome,
                ClusterId = cluster,
            },
        };

    public static SpanFacts Work(
        string service, long startUnixNs, SpanKind kind, ulong parent = 0, string? error = null, long durationNs = 5_000_000) => new()
        {
            TraceId = new TraceId(3, 3),
            SpanId = Interlocked.Increment(ref _lastId),
            ParentSpanId = parent,
            Kind = kind,
            Name = "work",
            Status = error is null ? SpanStatus.Unset : SpanStatus.Error,
            ErrorType = error,
            StartUnixNs = startUnixNs,
            EndUnixNs = startUnixNs + durationNs,
            Source = Source(service),
        };

    public static Hop Hop(SpanFacts send, SpanFacts process, HopTiming timing, string? path = null, int delivery = 1) => new()
    {
        Send = send,
        Process = process,
        Evidence = HopEvidence.Link,
        Topic = process.Messaging!.Topic!,
        Partition = process.Messaging.Partition,
        Offset = process.Messaging.Offset,
        Group = process.Messaging.Group!,
        Delivery = delivery,
        Path = path ?? $"{send.Source.Service} → {process.Messaging.Topic} → {process.Source.Service}",
        OriginUnixNs = send.StartUnixNs,
        Timing = timing,
    };

    public static HopTiming Timing(long lag, long processing, long? produce = null, long? inTopic = null, long? inClient = null) =>
        new(produce, inTopic, inClient, processing, lag, LagBasis.CreateTime, null);

    public static SettledTrace Trace(params SpanFacts[] spans) => new(new TraceId(1, 1), spans, [], []);

    public static SettledTrace Trace(Hop hop) => new(new TraceId(1, 1), [hop.Send!, hop.Process], [hop], []);

    public static MetricPoint Metric(
        string name,
        string service,
        long startUnixNs,
        long timeUnixNs,
        double value,
        long count = -1,
        string topic = "orders",
        string? group = null,
        int partition = 0,
        string? error = null,
        bool cumulative = true,
        bool gauge = false,
        string instance = "1",
        string? server = null) => new()
        {
            Metric = name,
            Source = Source(service, instance: instance),
            StartUnixNs = startUnixNs,
            TimeUnixNs = timeUnixNs,
            IsCumulative = cumulative,
            IsGauge = gauge,
            Value = value,
            Count = count,
            Topic = topic,
            Group = group,
            Partition = partition,
            ErrorType = error,
            Server = server,
            Series = unchecked((ulong)HashOf($"{topic}|{group}|{partition}|{error}")),
        };

    // Of strings in tests: the same in each run of one process is enough.
    private static int HashOf(string text) => text.GetHashCode(StringComparison.Ordinal);
}
