using System.Text.RegularExpressions;

namespace Throughline.Server.Internal.Settings;

/// <summary>Link templates in one text: <c>NAME=URL,NAME=URL</c>. A comma within a URL stays in it unless a name follows.</summary>
internal static partial class LinkTemplates
{
    /// <exception cref="FormatException">One cannot be used; says which, and why.</exception>
    public static IEnumerable<LinkTemplate> Read(string text) => Between().Split(text).Select(static one =>
    {
        var name = one.IndexOf('=', StringComparison.Ordinal);
        return name > 0
            ? LinkTemplate.Parse(one[..name].Trim(), one[(name + 1)..].Trim())
            : throw new FormatException($"'{one}' is no NAME=URL, such as Jaeger=http://localhost:16686/trace/{{traceId}}.");
    });

    public static string Show(IEnumerable<LinkTemplate> templates) =>
        string.Join(',', templates.Select(static template => $"{template.Name}={template.Url}"));

    [GeneratedRegex(@",(?=[^,=/:?&{}#]+=\s*[A-Za-z][A-Za-z0-9+.\-]*:)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Between();
}
