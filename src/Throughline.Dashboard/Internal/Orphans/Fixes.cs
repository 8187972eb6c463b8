using System.Collections.Frozen;
using System.Text.Json;
using Throughline.Server.Internal.Assemble;

namespace Throughline.Dashboard.Internal.Orphans;

/// <summary>
/// The snippets in the project's folder <c>Fixes</c>: <c>cause.client.extension</c>, one for each client for which a cause is
/// mended differently, and <c>any</c> for all others.
/// </summary>
internal static class Fixes
{
    private const string Prefix = "fixes/";

    private static readonly FrozenDictionary<(string Cause, string Client), string> Texts = Read();

    /// <summary>Those for a cause, in the order in which clients are offered; none where there is nothing to do.</summary>
    public static IReadOnlyList<Fix> Of(OrphanCause cause)
    {
        var name = SlugOf(cause);
        var fixes = FixClient.All
            .Where(client => Texts.ContainsKey((name, client.Slug)))
            .Select(client => new Fix(client, Texts[(name, client.Slug)]));
        return Texts.TryGetValue((name, FixClient.AnySlug), out var any) ? [.. fixes, new Fix(null, any)] : [.. fixes];
    }

    /// <summary>The one for a client, else the one for all.</summary>
    /// <param name="fixes">A cause's; one at least.</param>
    public static Fix For(IReadOnlyList<Fix> fixes, FixClient client) =>
        fixes.FirstOrDefault(fix => fix.Client == client) ?? fixes.FirstOrDefault(static fix => fix.Client is null) ?? fixes[0];

    /// <summary><c>ConsumerNotExtracting</c> as <c>consumer-not-extracting</c>.</summary>
    public static string SlugOf(OrphanCause cause) => JsonNamingPolicy.KebabCaseLower.ConvertName(cause.ToString());

    private static FrozenDictionary<(string Cause, string Client), string> Read()
    {
        var assembly = typeof(Fixes).Assembly;
        return assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Prefix, StringComparison.Ordinal))
            .ToFrozenDictionary(
                static name => name[Prefix.Length..].Split('.') is [var cause, var client, ..] ? (cause, client) : throw new InvalidDataException(name),
                name =>
                {
                    using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
                    return reader.ReadToEnd().TrimEnd();
                });
    }
}
