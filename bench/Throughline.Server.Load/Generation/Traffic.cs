using System.Text;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Load.Generation;

/// <summary>
/// Endless OTLP requests of realistic Kafka traces: a request comes in, a record is sent, each group processes it, some send
/// on. Services and topics are few that are busy and many that are not; some processings fail; some spans come late.
/// </summary>
internal sealed class Traffic(TrafficOptions options)
{
    private const int DepthMax = 3;
    private const int LateBehindRequests = 20;
    private const long Millisecond = 1_000_000;

    private readonly Random _random = new(options.Seed);
    private readonly Topology _topology = new(options);
    private readonly Zipf _tenants = new(500);
    private readonly List<(TraceId Trace, TraceWords Words, SpanShape Span)> _waiting = [];
    private readonly Queue<(long Due, TraceId Trace, TraceWords Words, SpanShape Span)> _late = [];
    private long _spans;
    private long _requests;
    private long _orders;

    public Topology Topology => _topology;

    /// <summary>Spans made so far.</summary>
    public long Spans => _spans;

    /// <summary>Those of them that were in a request: others are held back to come late.</summary>
    public long Given => _spans - _late.Count - _waiting.Count;

    /// <summary>The next ExportTraceServiceRequest.</summary>
    public byte[] Next()
    {
        while (_waiting.Count < options.SpansPerRequest)
        {
            AddTrace();
        }

        while (_late.TryPeek(out var late) && late.Due <= _requests)
        {
            _waiting.Add((late.Trace, late.Words, late.Span));
            _late.Dequeue();
        }

        _requests++;
        using var writer = new ProtoWriter(options.SpansPerRequest * 1024);
        foreach (var source in _waiting.GroupBy(item => (item.Span.Service, item.Span.Instance)))
        {
            WriteSource(writer, source.Key.Service, source.Key.Instance, source);
        }

        _waiting.Clear();
        return writer.Written.ToArray();
    }

    private void AddTrace()
    {
        var trace = new TraceId((ulong)_random.NextInt64(), (ulong)_random.NextInt64() | 1);
        var words = new TraceWords(++_orders, _tenants.Next(_random), _random.Next());
        var start = (options.Begin.ToUnixTimeMilliseconds() * Millisecond)
            + (long)(_spans / options.SpansPerSecond * 1e9) + _random.Next((int)Millisecond);
        var edge = _topology.Services[_topology.ServicePick.Next(_random)];
        var duration = LogNormal(8 * Millisecond);
        var root = new SpanShape(
            edge, _random.Next(edge.Instances), "Microsoft.AspNetCore", "POST /api/" + edge.Name, SpanKind.Server, NextId(), 0, start, duration, SpanSort.Request);
        Add(trace, words, root);
        AddQuery(trace, words, root);
        AddSend(trace, words, root, 1);
    }

    private void AddQuery(TraceId trace, TraceWords words, SpanShape parent) => Add(trace, words, new SpanShape(
        parent.Service, parent.Instance, "Npgsql", "SELECT shop", SpanKind.Client, NextId(), parent.Id,
        parent.Start + (parent.Duration / 10), Math.Max(1, parent.Duration / 4), SpanSort.Query));

    private void AddSend(TraceId trace, TraceWords words, SpanShape parent, int depth)
    {
        var topic = _topology.Topics[_topology.TopicPick.Next(_random)];
        var (partition, offset) = topic.Append(_random);
        var start = parent.Start + (parent.Duration / 2);
        var send = new SpanShape(
            parent.Service, parent.Instance, "Throughline.Kafka", "send " + topic.Name, SpanKind.Producer, NextId(), parent.Id, start,
            LogNormal(2 * Millisecond), SpanSort.Send)
        {
            Topic = topic,
            Partition = partition,
            Offset = offset,
            Timestamp = start / Millisecond,
        };
        Add(trace, words, send);
        foreach (var consumer in topic.Consumers)
        {
            AddProcess(trace, words, send, consumer, depth);
        }
    }

    private void AddProcess(TraceId trace, TraceWords words, SpanShape send, ServiceShape consumer, int depth)
    {
        var hasFailed = _random.NextDouble() < options.Errors;
        var process = new SpanShape(
            consumer, _random.Next(consumer.Instances), "Throughline.Kafka", "process " + send.Topic!.Name, SpanKind.Consumer, NextId(), send.Id,
            send.Start + send.Duration + LogNormal(40 * Millisecond), LogNormal(12 * Millisecond), SpanSort.Process)
        {
            Topic = send.Topic,
            Partition = send.Partition,
            Offset = send.Offset,
            Timestamp = send.Timestamp,
            Link = send.Id,
            Error = hasFailed ? (_random.Next(3) == 0 ? "System.TimeoutException" : "Npgsql.PostgresException") : null,
        };
        Add(trace, words, process);
        AddQuery(trace, words, process);
        if (depth < DepthMax && _random.NextDouble() < 0.3)
        {
            AddSend(trace, words, process, depth + 1);
        }
    }

    private void Add(TraceId trace, TraceWords words, SpanShape span)
    {
        _spans++;
        if (_random.NextDouble() < options.Late)
        {
            _late.Enqueue((_requests + LateBehindRequests, trace, words, span));
        }
        else
        {
            _waiting.Add((trace, words, span));
        }
    }

    private static void WriteSource(
        ProtoWriter writer, ServiceShape service, int instance, IEnumerable<(TraceId Trace, TraceWords Words, SpanShape Span)> items)
    {
        var resource = writer.Begin(OtlpTags.Request.Resources);
        writer.Bytes(OtlpTags.ResourceItems.Resource, service.Resource(instance));
        foreach (var scope in items.GroupBy(item => item.Span.Scope))
        {
            var scoped = writer.Begin(OtlpTags.ResourceItems.Scopes);
            var named = writer.Begin(OtlpTags.ScopeItems.Scope);
            writer.Bytes(OtlpTags.Scope.Name, Encoding.UTF8.GetBytes(scope.Key));
            writer.Bytes(OtlpTags.Scope.Version, "1.0.0"u8);
            writer.End(named);
            foreach (var (trace, words, span) in scope)
            {
                SpanBytes.Write(writer, trace, words, span);
            }

            writer.End(scoped);
        }

        writer.End(resource);
    }

    private ulong NextId() => (ulong)_random.NextInt64() | 1;

    // Most near the median, some far above: durations are like that.
    private long LogNormal(long median)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
        return Math.Max(1, (long)(median * Math.Exp(normal)));
    }
}
