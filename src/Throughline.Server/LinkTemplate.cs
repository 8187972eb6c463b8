using System.Text;

namespace Throughline.Server;

/// <summary>A way from a journey, a span or a record to another tool: a name, and a URL with placeholders.</summary>
public sealed record LinkTemplate
{
    private static readonly string[] Known = ["traceId", "spanId", "service", "topic", "partition", "offset", "fromMs", "toMs"];

    private LinkTemplate(string name, string url, IReadOnlyList<string> placeholders) =>
        (Name, Url, Placeholders) = (name, url, placeholders);

    /// <summary>What the link is called: <c>Jaeger</c>.</summary>
    public string Name { get; }

    /// <summary>Where it leads, with placeholders: <c>http://localhost:16686/trace/{traceId}</c>.</summary>
    public string Url { get; }

    /// <summary>The names of those placeholders.</summary>
    public IReadOnlyList<string> Placeholders { get; }

    /// <summary>Reads one, and checks that it can only lead to http or https.</summary>
    /// <exception cref="FormatException">It cannot be used; says why.</exception>
    public static LinkTemplate Parse(string name, string url)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(url);
        if (name.Trim().Length == 0)
        {
            throw new FormatException($"'{url}' has no name.");
        }

        var placeholders = new List<string>();
        Fill(url, placeholder =>
        {
            if (!Known.Contains(placeholder, StringComparer.Ordinal))
            {
                throw new FormatException($"'{name}' has {{{placeholder}}}; known are {string.Join(", ", Known.Select(known => $"{{{known}}}"))}.");
            }

            placeholders.Add(placeholder);
            return "0";
        });

        // A host that a record could choose would be a way out for whatever else the link carries.
        var authority = url.IndexOf("://", StringComparison.Ordinal) is >= 0 and var at ? url.IndexOf('/', at + 3) : -1;
        var host = authority < 0 ? url : url[..authority];
        return !host.Contains('{', StringComparison.Ordinal)
            && Uri.TryCreate(host, UriKind.Absolute, out var uri)
            && (uri.Scheme == Uri.UriSchemeHttp || uri.Scheme == Uri.UriSchemeHttps)
                ? new LinkTemplate(name.Trim(), url, placeholders)
                : throw new FormatException($"'{name}' leads to '{url}': it takes an address that begins with http:// or https:// and a host, such as http://localhost:16686/trace/{{traceId}}.");
    }

    /// <summary>The address for some values; null where one that it needs is not there.</summary>
    /// <param name="values">By placeholder's name.</param>
    public string? For(IReadOnlyDictionary<string, string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        return Placeholders.All(values.ContainsKey) ? Fill(Url, placeholder => Uri.EscapeDataString(values[placeholder])) : null;
    }

    private static string Fill(string url, Func<string, string> value)
    {
        var text = new StringBuilder();
        var at = 0;
        while (url.IndexOf('{', at) is >= 0 and var open)
        {
            var close = url.IndexOf('}', open);
            if (close < 0)
            {
                throw new FormatException($"'{url}' has a {{ without its }}.");
            }

            text.Append(url, at, open - at).Append(value(url[(open + 1)..close]));
            at = close + 1;
        }

        return text.Append(url, at, url.Length - at).ToString();
    }
}
