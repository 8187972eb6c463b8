using Throughline.Dashboard.Internal.Journeys.Rows;
using Throughline.Dashboard.Internal.Text;

namespace Throughline.Dashboard.Internal.Journeys.Told;

/// <summary>The notes on a row, those first that matter most.</summary>
internal static class BadgeWords
{
    public static IEnumerable<Badge> Of(JourneyRow row)
    {
        if (row.Has(RowFlags.Error))
        {
            yield return new(row.Facts.ErrorType is { } type ? $"error {Short(type)}" : "error", "bad");
        }

        if (row.Has(RowFlags.DeadLettered))
        {
            yield return new("dead letter", "bad");
        }

        if (row.Has(RowFlags.SentToRetry))
        {
            yield return new("goes to retry", "warn");
        }

        if (row.Has(RowFlags.Orphan))
        {
            yield return new("orphan", "warn");
        }

        if (row.Has(RowFlags.ClockSkew))
        {
            yield return new("clocks differ", "warn");
        }

        if (row.Has(RowFlags.Live))
        {
            yield return new("not settled");
        }

        foreach (var badge in OfRecord(row))
        {
            yield return badge;
        }

        if (row.Kind == RowKind.Alike && (row.Below & RowFlags.Error) != RowFlags.None)
        {
            yield return new("errors within", "bad");
        }
    }

    private static IEnumerable<Badge> OfRecord(JourneyRow row)
    {
        if (row.Kind == RowKind.InTopic)
        {
            if (row.Hop!.Process.Messaging?.RetryRound is > 0 and var round)
            {
                yield return new($"retry {round}");
            }

            if (row.Hop.Delivery > 1)
            {
                yield return new($"delivery {row.Hop.Delivery}", "warn");
            }

            yield return new($"→ {row.Group}");
        }

        if (row.Kind == RowKind.Unread && row.Group is not null)
        {
            yield return new("not seen", "warn");
        }

        if (row.Kind == RowKind.Span && row.Has(RowFlags.Retry))
        {
            yield return new($"attempt {row.Facts.Messaging!.RetryRound + 1}");
        }

        if (row.Has(RowFlags.Batch))
        {
            yield return new($"batch of {Words.Count(Math.Max(row.Facts.Messaging!.BatchCount, row.Facts.Links.Count))}");
        }

        if (row.Kind == RowKind.Span && row.Has(RowFlags.Send) && Groups(row) is > 1 and var groups)
        {
            yield return new($"→ {groups} groups");
        }

        if (row.Has(RowFlags.Weighted))
        {
            yield return new($"kept 1/{Words.Number(row.Facts.Weight)}");
        }

        if (row.Has(RowFlags.Surrounding))
        {
            yield return new("around");
        }

        if (row.Has(RowFlags.LinksElsewhere))
        {
            yield return new("links elsewhere ↗");
        }
    }

    /// <summary>A type without its namespace.</summary>
    public static string Short(string type) => type.LastIndexOf('.') is >= 0 and var dot && dot < type.Length - 1 ? type[(dot + 1)..] : type;

    private static int Groups(JourneyRow send) => (send.Children ?? [])
        .Where(static child => child.Kind is RowKind.InTopic or RowKind.Unread && child.Group is not null)
        .Select(static child => child.Group)
        .Distinct(StringComparer.Ordinal)
        .Count();
}
