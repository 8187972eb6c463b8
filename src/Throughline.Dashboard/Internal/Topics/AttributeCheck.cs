using System.Text;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Store;

namespace Throughline.Dashboard.Internal.Topics;

/// <summary>Which services' spans have what the conventions ask for.</summary>
/// <param name="Services">Those with most spans.</param>
/// <param name="Rows">A use for each of the services.</param>
/// <param name="Spans">How many spans were looked at.</param>
internal sealed record AttributeCheck(
    IReadOnlyList<string> Services, IReadOnlyList<(AskedAttribute Asked, IReadOnlyList<AttributeUse> Uses)> Rows, int Spans)
{
    // Columns of a table.
    private const int ServicesMax = 8;

    public static AttributeCheck Of(IReadOnlyList<StoredSpan> spans)
    {
        var told = spans.Where(static span => span.Facts.Messaging is not null)
            .Select(static span => (Span: span, Names: NamesOf(span)))
            .ToLookup(static span => span.Span.Facts.Source.Service, StringComparer.Ordinal);
        var services = told.OrderByDescending(static service => service.Count()).Take(ServicesMax).Select(static service => service.Key).ToList();
        return new AttributeCheck(
            services,
            [
                .. AskedAttribute.All.Select(asked => (asked, (IReadOnlyList<AttributeUse>)
                    [.. services.Select(service => Use(asked, told[service]))])),
            ],
            spans.Count);
    }

    private static AttributeUse Use(AskedAttribute asked, IEnumerable<(StoredSpan Span, Dictionary<SaidBy, AttributeAlias> Names)> spans)
    {
        var (all, current) = (0, 0);
        var older = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (span, names) in spans)
        {
            if (!asked.AppliesTo(span.Facts))
            {
                continue;
            }

            all++;
            if (names.TryGetValue(asked.Says, out var alias))
            {
                var name = Encoding.UTF8.GetString(alias.Name);
                current += alias.Rank == 0 ? 1 : 0;
                older[name] = older.GetValueOrDefault(name) + (alias.Rank == 0 ? 0 : 1);
            }
        }

        var most = older.Where(static one => one.Value > 0).OrderByDescending(static one => one.Value).Select(static one => one.Key).FirstOrDefault();
        return new AttributeUse(all, current, older.Values.Sum(), most);
    }

    /// <summary>By what it says, the attribute whose name counts most.</summary>
    private static Dictionary<SaidBy, AttributeAlias> NamesOf(StoredSpan span)
    {
        var names = new Dictionary<SaidBy, AttributeAlias>();
        foreach (var attribute in OtlpSpan.Attributes(span.Body.Span))
        {
            if (AttributeAliases.Find(attribute.Key) is { } alias
                && (!names.TryGetValue(alias.Says, out var known) || alias.Rank < known.Rank))
            {
                names[alias.Says] = alias;
            }
        }

        return names;
    }
}
