using Throughline.Server.Internal.Assemble;

namespace Throughline.Dashboard.Internal.Orphans;

/// <summary>A client, in a language, that a fix can be for.</summary>
/// <param name="Slug">In the address, and in the names of the fixes' files.</param>
internal sealed record FixClient(string Slug, string Name)
{
    /// <summary>For every client, where a fix is no matter of one.</summary>
    public const string AnySlug = "any";

    public static IReadOnlyList<FixClient> All { get; } =
    [
        new("throughline", "C#, Throughline"),
        new("confluent", "C#, Confluent.Kafka by hand"),
        new("java", "Java agent"),
        new("python", "Python"),
        new("node", "Node"),
    ];

    /// <summary>The one whose spans these are; of an unknown client the first.</summary>
    public static FixClient Of(ClientFamily family) => All[family switch
    {
        ClientFamily.DotNet => 1,
        ClientFamily.Java => 2,
        ClientFamily.Python => 3,
        ClientFamily.Node => 4,
        _ => 0,
    }];

    /// <summary>Whose instrumentation wrote the spans, in words.</summary>
    public static string NameOf(ClientFamily family) => family switch
    {
        ClientFamily.Throughline => "Throughline",
        ClientFamily.DotNet => "OpenTelemetry's .NET instrumentation",
        ClientFamily.Java => "OpenTelemetry's Java agent",
        ClientFamily.Python => "OpenTelemetry's Python instrumentation",
        ClientFamily.Node => "OpenTelemetry's Node instrumentation",
        _ => "an instrumentation that is not known here",
    };
}
