namespace Throughline.Dashboard.Internal.Journeys.Exports;

/// <summary>The forms of a journey as a file. PNG is made by the browser, of what it has drawn.</summary>
internal static class JourneyExports
{
    private const string Json = "application/json; charset=utf-8";

    public static IReadOnlyList<JourneyExport> All { get; } =
    [
        new("otlp", "OTLP JSON", Json, "otlp.json", OtlpExport.WriteAsync),
        new("markdown", "Markdown", "text/markdown; charset=utf-8", "md", MarkdownExport.WriteAsync),
        new("perfetto", "Perfetto", Json, "perfetto.json", PerfettoExport.WriteAsync),
    ];
}
