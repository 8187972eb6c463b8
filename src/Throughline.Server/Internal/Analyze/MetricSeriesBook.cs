using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Internal.Analyze;

/// <summary>
/// Makes deltas of cumulative series, and sorts out points that came twice. It knows the last value of each series, also
/// across restarts.
/// </summary>
internal sealed class MetricSeriesBook(AnalysisSettings settings)
{
    // A series that has not been told of for so long has ended: cumulative ones are told of even when nothing happens.
    private const long QuietMaxNs = 3600L * 1_000_000_000;

    // A process that began so shortly before its first point is counted from its beginning, whenever this server began.
    private const long YoungMaxNs = 600L * 1_000_000_000;

    private readonly Dictionary<MetricSeriesKey, MetricSeriesValue> _last = [];
    private readonly ConditionalWeakTable<SpanSource, object> _sources = [];
    private readonly Dictionary<string, long> _metrics = new(StringComparer.Ordinal);
    private long _lookedUnixNs;

    public Unsaved<MetricSeriesKey> Unsaved { get; } = new();

    /// <summary>Points of series for which there was no room.</summary>
    public long Refused { get; private set; }

    public int Count => _last.Count;

    public bool TryGet(MetricSeriesKey key, out MetricSeriesValue value) => _last.TryGetValue(key, out value);

    public void Restore(MetricSeriesKey key, MetricSeriesValue value) => _last[key] = value;

    /// <summary>What the point adds; nothing of one that is old, or of a series whose beginning nobody has seen.</summary>
    public MetricDelta Delta(MetricPoint point)
    {
        var told = new MetricSeriesValue(point.Value, Math.Max(0, point.Count), point.TimeUnixNs);
        var stream = new MetricSeriesKey(StreamOf(point), 0, point.IsCumulative ? point.StartUnixNs : 0);
        var key = stream with { Series = unchecked((long)point.Series) | 1 };
        if (!_last.TryGetValue(key, out var last))
        {
            if (!HasRoom(point.TimeUnixNs))
            {
                Refused++;
                return default;
            }

            // A series that appears in a stream that was there before has just begun. The first points of a stream that
            // began long ago tell of times before anybody listened.
            var isNew = _last.TryGetValue(stream, out var seen) && seen.TimeUnixNs < point.TimeUnixNs;
            Put(key, told);
            PutStream(stream, point.TimeUnixNs);
            return !point.IsCumulative || isNew || point.TimeUnixNs - point.StartUnixNs <= YoungMaxNs
                ? new MetricDelta(told.Value, told.Count)
                : default;
        }

        // A delta is the same one only if all of it is: processes that nothing tells apart take turns in one series.
        if (point.IsCumulative ? told.TimeUnixNs <= last.TimeUnixNs : told == last)
        {
            return default;
        }

        Put(key, told);
        PutStream(stream, point.TimeUnixNs);
        var isReset = told.Value < last.Value || told.Count < last.Count;
        return !point.IsCumulative || isReset
            ? new MetricDelta(told.Value, told.Count)
            : new MetricDelta(told.Value - last.Value, told.Count - last.Count);
    }

    /// <summary>The same in every run: hashes that differ between runs would count everything twice after a restart.</summary>
    private long StreamOf(MetricPoint point)
    {
        if (!_sources.TryGetValue(point.Source, out var source))
        {
            _sources.Add(point.Source, source = Hash(point.Source.ResourceBytes.Span));
        }

        if (!_metrics.TryGetValue(point.Metric, out var metric))
        {
            _metrics.Add(point.Metric, metric = Hash(Encoding.UTF8.GetBytes(point.Metric)));
        }

        return (long)source ^ metric;
    }

    private static long Hash(ReadOnlySpan<byte> bytes)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(bytes, hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }

    private void Put(MetricSeriesKey key, MetricSeriesValue value)
    {
        _last[key] = value;
        Unsaved.Add(key);
    }

    /// <summary>Of a stream the time is its first, and the count its last.</summary>
    private void PutStream(MetricSeriesKey stream, long unixNs)
    {
        var first = _last.TryGetValue(stream, out var seen) ? seen.TimeUnixNs : unixNs;
        Put(stream, new MetricSeriesValue(0, unixNs, first));
    }

    private bool HasRoom(long nowUnixNs)
    {
        const long lookAgainNs = 60_000_000_000;
        if (_last.Count < settings.MetricSeriesMax || nowUnixNs - _lookedUnixNs < lookAgainNs)
        {
            return _last.Count < settings.MetricSeriesMax;
        }

        _lookedUnixNs = nowUnixNs;
        foreach (var (key, value) in _last)
        {
            if (nowUnixNs - (key.Series == 0 ? value.Count : value.TimeUnixNs) > QuietMaxNs)
            {
                _last.Remove(key);
                Unsaved.Add(key);
            }
        }

        return _last.Count < settings.MetricSeriesMax;
    }
}
