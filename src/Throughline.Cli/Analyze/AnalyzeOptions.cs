namespace Throughline.Cli.Analyze;

/// <summary>What the user asked to be told.</summary>
internal sealed record AnalyzeOptions
{
    public static readonly Uri ServerDefault = new("http://127.0.0.1:4320");

    /// <summary>Which tables; all when empty.</summary>
    public IReadOnlyList<string> Tables { get; init; } = [];

    /// <summary>The server to ask.</summary>
    public Uri Server { get; init; } = ServerDefault;

    /// <summary>Its read key; null for none.</summary>
    public string? Key { get; init; }

    /// <summary>Files of OTLP JSON in place of a server's spans.</summary>
    public IReadOnlyList<FileInfo> Files { get; init; } = [];

    /// <summary>A topic of OTLP in place of a server's spans, such as otlp_spans.</summary>
    public string? FromTopic { get; init; }

    /// <summary>Where that topic is.</summary>
    public string? BootstrapServers { get; init; }

    /// <summary>How far back; null for all of a file or topic, an hour of a server.</summary>
    public string? Since { get; init; }

    public string? Topic { get; init; }

    public string? Group { get; init; }

    public bool Json { get; init; }

    /// <summary>Spans come from a file or topic, not from a server that runs.</summary>
    public bool IsClosedSet => Files.Count > 0 || FromTopic is not null;
}
