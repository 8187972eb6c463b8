using System.Globalization;

namespace Throughline.Dashboard.Internal.Shell;

/// <summary>Where the screens are, for each other: the one place that knows their addresses. All carry the time along.</summary>
internal static class Links
{
    /// <param name="request">The page that links.</param>
    /// <param name="traceId">Hex.</param>
    /// <param name="spanId">The span to begin at, hex; or null.</param>
    public static string Journey(this PageRequest request, string traceId, string? spanId = null) =>
        request.Link($"/journeys/{traceId}", ("span", spanId));

    /// <summary>The journey of a record.</summary>
    public static string Record(this PageRequest request, string topic, int partition, long offset) => request.Link(
        string.Create(CultureInfo.InvariantCulture, $"/records/{Uri.EscapeDataString(topic)}/{partition}/{offset}"));

    public static string Topic(this PageRequest request, string topic, string? cluster = null) =>
        request.Link($"/topics/{Uri.EscapeDataString(topic)}", ("cluster", cluster));

    /// <param name="request">The page that links.</param>
    /// <param name="query">In the query language, or anything that the search box takes.</param>
    public static string Search(this PageRequest request, string query) => request.Link("/search", ("q", query));

    public static string Ledger(this PageRequest request, string? topic = null, string? group = null) =>
        request.Link("/ledger", ("topic", topic), ("group", group));

    /// <summary>The records of a figure of the ledger.</summary>
    public static string LedgerRecords(this PageRequest request, string cell, string cluster, string topic, string? group) =>
        request.Link("/ledger/records", ("cell", cell), ("cluster", cluster), ("topic", topic), ("group", group));

    public static string Orphans(this PageRequest request, string? service = null, string? topic = null) =>
        request.Link("/orphans", ("service", service), ("topic", topic));

    public static string Latency(
        this PageRequest request, string? topic = null, string? group = null, string? cluster = null, string? by = null) =>
        request.Link("/latency", ("topic", topic), ("group", group), ("cluster", cluster), ("by", by));

    /// <summary>What the slow ones of a query's spans have in common.</summary>
    /// <param name="request">The page that links.</param>
    /// <param name="query">In the query language; empty for all spans.</param>
    /// <param name="of"><c>duration</c> or <c>lag</c>.</param>
    public static string CompareSlow(this PageRequest request, string query, string of) =>
        request.Link("/latency", ("compare", "slow"), ("q", query), ("of", of));

    public static string Topology(this PageRequest request) => request.Link("/topology");

    /// <summary>A text as the query language takes it.</summary>
    public static string Quoted(string text) =>
        $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
