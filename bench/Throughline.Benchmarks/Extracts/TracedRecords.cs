using System.Diagnostics;
using System.Text;
using Confluent.Kafka;
using Throughline.Benchmarks.Clients;

namespace Throughline.Benchmarks.Extracts;

/// <summary>A ring of records of different traces: no contender can profit from having seen the same ids just before.</summary>
internal sealed class TracedRecords
{
    // A power of two.
    private const int Count = 64;

    private readonly ConsumeResult<string, string>[] _records;
    private int _next;

    internal TracedRecords(Carried carried, bool isSampled = true)
    {
        _records = [.. Enumerable.Range(0, Count).Select(number => Orders.Record(HeadersOf(number, carried, isSampled), Orders.Offset + number))];
    }

    internal ConsumeResult<string, string> Next() => _records[_next++ & (Count - 1)];

    private static Headers HeadersOf(int number, Carried carried, bool isSampled)
    {
        var headers = new Headers { { "event-type", "order.created"u8.ToArray() } };
        if (carried >= Carried.TraceParent)
        {
            var id = $"00-{ActivityTraceId.CreateRandom()}-{ActivitySpanId.CreateRandom()}-{(isSampled ? "01" : "00")}";
            headers.Add("traceparent", Encoding.ASCII.GetBytes(id));
        }

        if (carried >= Carried.TraceState)
        {
            var varying = carried == Carried.VaryingTraceState ? number : 0;
            headers.Add("tracestate", Encoding.ASCII.GetBytes($"vendor=opaque-value-{varying},other=00f067aa0ba902b7"));
        }

        if (carried >= Carried.Baggage)
        {
            headers.Add("baggage", "tenant=acme,region=north"u8.ToArray());
        }

        return headers;
    }
}
