using System.Globalization;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;
using Throughline.Server.Internal.Query.Tags;
using Throughline.Server.Internal.Spans;
using Throughline.Server.Internal.Store;
using Throughline.Server.Internal.Store.Search;

namespace Throughline.Dashboard.Internal.Search;

/// <summary>What the box takes, shown with this server's own data: each of them finds something.</summary>
internal static class ExampleQueries
{
    private const long MinNs = 1_000_000;

    public static IReadOnlyList<(string Text, string About)> Of(IReadOnlyList<StoredSpan> newest)
    {
        var spans = newest.Select(span => span.Facts).ToList();
        var examples = new List<(string Text, string About)>();
        if (spans.Find(span => span.Status == SpanStatus.Error) is { } failed)
        {
            examples.Add((QueryPrinter.Print(TagConditions.All(
                [TagConditions.Text(WellKnownField.Service, failed.Source.Service), TagConditions.Text(WellKnownField.Status, "error")])), "what failed in a service"));
        }

        if (spans.Where(span => SpanLag.Of(span) > MinNs && span.Messaging!.Topic is not null).MaxBy(SpanLag.Of) is { } late)
        {
            examples.Add((QueryPrinter.Print(TagConditions.All(
            [
                TagConditions.Text(WellKnownField.Topic, late.Messaging!.Topic!),
                TagConditions.Duration(WellKnownField.Lag, Comparison.Greater, Rounded(SpanLag.Of(late)!.Value)),
            ])), "records that waited long"));
        }

        if (spans.MaxBy(span => span.DurationNs) is { DurationNs: > MinNs } slow)
        {
            examples.Add((QueryPrinter.Print(TagConditions.All(
            [
                TagConditions.Text(WellKnownField.Name, slow.Name),
                TagConditions.Duration(WellKnownField.Duration, Comparison.Greater, Rounded(slow.DurationNs)),
            ])), "what took long"));
        }

        AddPlaces(examples, spans);
        return examples;
    }

    private static void AddPlaces(List<(string Text, string About)> examples, List<SpanFacts> spans)
    {
        if (spans.Find(span => span.Messaging?.Group is { Length: > 0 }) is { } grouped)
        {
            examples.Add((QueryPrinter.Print(TagConditions.Text(WellKnownField.Group, grouped.Messaging!.Group!)), "what a group did"));
        }

        if (spans.Find(span => span.Messaging is { Topic: not null, Partition: >= 0, Offset: >= 0 }) is { Messaging: { } record })
        {
            examples.Add((string.Create(CultureInfo.InvariantCulture, $"{record.Topic}/{record.Partition}/{record.Offset}"), "a record's journey"));
        }

        if (spans.Find(span => span.Messaging?.Key is { Length: > 0 and < 60 }) is { Messaging: { Key: { } key } }
            && BoxReader.Read(key) is BoxReading.Words)
        {
            examples.Add((key, "records with a key"));
        }

        if (spans.Count > 0)
        {
            examples.Add((spans[0].TraceId.ToString(), "a trace's journey"));
        }
    }

    /// <summary>Less than a time, and short to write.</summary>
    private static long Rounded(long nanoseconds)
    {
        var unit = (long)Math.Pow(10, Math.Floor(Math.Log10(nanoseconds)));
        var rounded = nanoseconds / unit * unit;
        return rounded == nanoseconds ? rounded - (unit / 10) : rounded;
    }
}
