using System.Diagnostics;
using System.Text;

namespace Throughline.Testing.Internal;

/// <summary>Draws one span: name, id, kind, duration, status, links, tags.</summary>
internal sealed class TraceTreeLine
{
    private readonly TraceTreeOptions _options;
    private readonly Dictionary<(ActivityTraceId, ActivitySpanId), string> _names = [];

    public TraceTreeLine(IEnumerable<RecordedSpan> spans, TraceTreeOptions options)
    {
        _options = options;
        foreach (var span in spans)
        {
            _names.TryAdd((span.TraceId, span.SpanId), span.Name);
        }
    }

    public static string Time(TimeSpan time) => time.TotalSeconds >= 1
        ? $"{time.TotalSeconds:0.##} s"
        : time.TotalMilliseconds >= 1 ? $"{time.TotalMilliseconds:0.#} ms" : $"{time.TotalMicroseconds:0} µs";

    public string Draw(TraceNode node)
    {
        var span = node.Span;
        var text = new StringBuilder()
            .Append($"{Short(span.Name)} [{span.SpanId}]  {span.Kind.ToString().ToUpperInvariant()}")
            .Append($"  {(span.HasEnded ? Time(span.Duration) : "still running")}");
        text.Append(node.Place switch
        {
            TracePlace.Orphan => $"  (parent {span.ParentSpanId} not recorded)",
            TracePlace.Cycle => $"  (parent {span.ParentSpanId}: its parents lead back to itself)",
            _ => "",
        });
        AppendStatus(text, span);
        AppendLinks(text, span);
        AppendTags(text, span);
        return text.ToString();
    }

    private static void AppendMore(StringBuilder text, int more, string what)
    {
        if (more > 0)
        {
            text.Append($"  +{more} {what}");
        }
    }

    private void AppendStatus(StringBuilder text, RecordedSpan span)
    {
        if (span.Status != ActivityStatusCode.Unset)
        {
            text.Append($"  {span.Status.ToString().ToUpperInvariant()}");
        }

        if (span.StatusDescription is { } description)
        {
            text.Append($" \"{Short(description)}\"");
        }
    }

    private void AppendLinks(StringBuilder text, RecordedSpan span)
    {
        foreach (var link in span.Links.Take(_options.LinksMax))
        {
            var name = _names.TryGetValue((link.Context.TraceId, link.Context.SpanId), out var known)
                ? Short(known)
                : link.Context.TraceId.ToString();
            text.Append($"  ⇢ {name}/{link.Context.SpanId}");
        }

        AppendMore(text, span.Links.Count - _options.LinksMax, "links");
    }

    private void AppendTags(StringBuilder text, RecordedSpan span)
    {
        var tags = _options.TagNames is { } names
            ? [.. names.Where(span.Tags.ContainsKey).Select(name => KeyValuePair.Create(name, span.Tags[name]))]
            : span.Tags.ToList();
        foreach (var (name, value) in tags.Take(_options.TagsMax))
        {
            text.Append($"  {Short(name)}={Short(value is string plain ? plain : TagValue.Text(value))}");
        }

        AppendMore(text, tags.Count - _options.TagsMax, "tags");
    }

    /// <summary>No longer than allowed, on one line, and without characters that move a terminal's cursor.</summary>
    private string Short(string text)
    {
        var cut = text.Length <= _options.TextMax ? text : string.Concat(text.AsSpan(0, _options.TextMax - 1), "…");
        return string.Create(cut.Length, cut, static (to, from) =>
        {
            for (var i = 0; i < to.Length; i++)
            {
                to[i] = char.IsControl(from[i]) ? '�' : from[i];
            }
        });
    }
}
