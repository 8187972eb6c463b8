using System.Globalization;
using System.Text.Json;
using Throughline.Dashboard.Internal.Journeys.Rows;

namespace Throughline.Dashboard.Internal.Journeys.Payload;

/// <summary>
/// A journey's rows for the browser: 30 bytes a row, and what only some rows have in columns of their own. Times are
/// counted in units from the journey's start, so that they fit into 32 bits.
/// </summary>
internal sealed class RowPayload
{
    private const uint None = uint.MaxValue;

    private readonly LaidOutJourney _journey;
    private readonly long _unitNs;
    private readonly TextTable _names = new();
    private readonly TextTable _services = new();
    private readonly ColumnWriter _columns = new();

    private RowPayload(LaidOutJourney journey)
    {
        _journey = journey;
        _unitNs = Math.Max(1, ((journey.EndUnixNs - journey.StartUnixNs) / (uint.MaxValue - 2L)) + 1);
    }

    public static byte[] Of(LaidOutJourney journey)
    {
        var payload = new RowPayload(journey);
        payload.AddRows();
        payload.AddTopics();
        payload.AddErrors();
        payload.AddLinks();
        payload.AddLogs();
        return payload._columns.Write(payload.WriteHead);
    }

    private void AddRows()
    {
        var rows = _journey.Rows;
        uint[] starts = new uint[rows.Count], lengths = new uint[rows.Count], names = new uint[rows.Count], flags = new uint[rows.Count], ids = new uint[2 * rows.Count];
        var parents = new int[rows.Count];
        var services = new ushort[rows.Count];
        foreach (var row in rows)
        {
            var i = row.Index;
            starts[i] = Units(row.StartUnixNs - _journey.StartUnixNs);
            lengths[i] = Units(row.EndUnixNs - row.StartUnixNs);
            parents[i] = row.Parent;
            names[i] = _names.NumberOf(row.Kind is RowKind.InTopic or RowKind.Unread ? row.Topic : row.Facts.Name);
            services[i] = (ushort)Math.Min(_services.NumberOf(row.Service), ushort.MaxValue);
            flags[i] = (uint)row.Flags | (uint)row.Kind;
            ids[2 * i] = (uint)(row.Facts.SpanId >> 32);
            ids[(2 * i) + 1] = (uint)row.Facts.SpanId;
        }

        _columns.Add<uint>("start", starts);
        _columns.Add<uint>("length", lengths);
        _columns.Add<int>("parent", parents);
        _columns.Add<uint>("name", names);
        _columns.Add<ushort>("service", services);
        _columns.Add<uint>("flags", flags);
        _columns.Add<uint>("id", ids);
    }

    // Records in their topics: where, for whom, and how the time splits.
    private void AddTopics()
    {
        var rows = _journey.Rows.Where(static row => row.Kind is RowKind.InTopic or RowKind.Unread).ToList();
        _columns.Add<uint>("topic.row", [.. rows.Select(static row => (uint)row.Index)]);
        _columns.Add<int>("topic.partition", [.. rows.Select(static row => row.Partition)]);
        _columns.Add<double>("topic.offset", [.. rows.Select(static row => (double)row.Offset)]);
        _columns.Add<uint>("topic.group", [.. rows.Select(row => row.Group is null ? None : _names.NumberOf(row.Group))]);
        _columns.Add<uint>("topic.key", [.. rows.Select(row => KeyOf(row) is { } key ? _names.NumberOf(key) : None)]);
        _columns.Add<uint>("topic.acknowledged", [.. rows.Select(row => At(row, row.Hop is null ? row.EndUnixNs : TopicRows.AcknowledgedUnixNs(row.Hop)))]);
        _columns.Add<uint>("topic.fetched", [.. rows.Select(row => At(row, row.Hop is null ? null : TopicRows.FetchedUnixNs(row.Hop)))]);
        _columns.Add<double>("topic.wait", [.. rows.Select(static row => row.Hop?.Timing.Lag ?? double.NaN)]);
        _columns.Add<double>("topic.skew", [.. rows.Select(static row => row.Hop?.Timing.Skew ?? double.NaN)]);
        _columns.Add<int>("topic.target", [.. rows.Select(static row => row.Target?.Index ?? -1)]);
        _columns.Add<int>("topic.delivery", [.. rows.Select(static row => row.Hop?.Delivery ?? 0)]);
        _columns.Add<int>("topic.retry", [.. rows.Select(static row => row.Hop?.Process.Messaging?.RetryRound ?? 0)]);
    }

    private void AddErrors()
    {
        var rows = _journey.Rows.Where(static row => row.Kind == RowKind.Span && row.Facts.ErrorType is not null).ToList();
        _columns.Add<uint>("error.row", [.. rows.Select(static row => (uint)row.Index)]);
        _columns.Add<uint>("error.type", [.. rows.Select(row => _names.NumberOf(row.Facts.ErrorType!))]);
        rows = [.. _journey.Rows.Where(static row => row.Has(RowFlags.Weighted))];
        _columns.Add<uint>("weight.row", [.. rows.Select(static row => (uint)row.Index)]);
        _columns.Add<double>("weight.of", [.. rows.Select(static row => row.Facts.Weight)]);
    }

    // Links within the journey that are not the way of the record itself: a retry's to the origin's send, say.
    private void AddLinks()
    {
        var pairs = new List<(int From, int To)>();
        foreach (var row in _journey.Rows.Where(static row => row.Kind == RowKind.Span && row.Facts.Links.Count > 0))
        {
            var ways = row.Parent >= 0 ? _journey.Rows[row.Parent].Hop?.Send?.Key : null;
            pairs.AddRange(row.Facts.Links
                .Where(link => link.Key != ways && !row.Has(RowFlags.Batch))
                .Select(link => _journey.Find(link.Key))
                .OfType<JourneyRow>()
                .Select(linked => (linked.Index, row.Index)));
        }

        _columns.Add<uint>("link.from", [.. pairs.Select(static pair => (uint)pair.From)]);
        _columns.Add<uint>("link.to", [.. pairs.Select(static pair => (uint)pair.To)]);
    }

    private void AddLogs()
    {
        var logs = _journey.Logs.All
            .Select(log => (Log: log.Facts, Row: _journey.Find(log.Facts.SpanId)))
            .Where(static log => log.Row is not null)
            .ToList();
        _columns.Add<uint>("log.row", [.. logs.Select(static log => (uint)log.Row!.Index)]);
        _columns.Add<uint>("log.at", [.. logs.Select(log => Units(log.Log.TimeUnixNs - _journey.StartUnixNs))]);
        _columns.Add<byte>("log.severity", [.. logs.Select(static log => (byte)log.Log.Severity)]);
    }

    private void WriteHead(Utf8JsonWriter json)
    {
        json.WriteString("version"u8, _journey.Version);
        json.WriteString("startUnixNano"u8, _journey.StartUnixNs.ToString(CultureInfo.InvariantCulture));
        json.WriteNumber("durationNano"u8, _journey.EndUnixNs - _journey.StartUnixNs);
        json.WriteNumber("unitNano"u8, _unitNs);
        json.WriteNumber("rows"u8, _journey.Rows.Count);
        json.WriteBoolean("isLive"u8, _journey.IsLive);
        Write(json, "names"u8, _names);
        Write(json, "services"u8, _services);
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, TextTable texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts.All)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static string? KeyOf(JourneyRow row) =>
        row.Hop is { } hop ? hop.Process.Messaging?.Key ?? hop.Send?.Messaging?.Key : row.Facts.Messaging?.Key;

    private uint At(JourneyRow row, long? unixNs) => unixNs is { } at ? Units(at - row.StartUnixNs) : None;

    // Negative only where clocks differ; None is no number of units.
    private uint Units(long ns) => (uint)Math.Clamp(ns / _unitNs, 0, None - 1L);
}
