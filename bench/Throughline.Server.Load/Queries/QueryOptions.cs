using System.Globalization;
using Throughline.Server.Internal.Store;

namespace Throughline.Server.Load.Queries;

/// <summary>What the commands <c>fill</c>, <c>ask</c> and <c>queries</c> are told.</summary>
internal sealed record QueryOptions
{
    public const string Usage = """
        Throughline.Server.Load queries [--folder F] [--spans N] [--segments N] [--clients N] [--each N] [--ingest SPANS_PER_SECOND] [--quality N] [--block N] [--report FILE]
          fills a store and asks it, each in a process of its own: cold, warm, and while ingesting
        Throughline.Server.Load fill …   only the first
        Throughline.Server.Load ask …    only the others, on a folder that was filled; --ingest for while ingesting
        Throughline.Server.Load answers   asks the analyses of an hour, at 50,000 series
        Throughline.Server.Load replay [--rate SPANS_PER_SECOND] [--seconds N] [--connections N] [--spans-per-request N] [--peer URL]
          sends traces to a server in a process of its own until all are stored; --peer: to another, what it takes only
        Throughline.Server.Load soak [--seconds N] [--rate SPANS_PER_SECOND] [--kept SECONDS]
          the same for long, at a server that keeps little, with open pages beside it: its memory over time
        """;

    public string Folder { get; init; } = Path.Combine(Path.GetTempPath(), "throughline-load-store");

    public long Spans { get; init; } = 1_000_000;

    public int Segments { get; init; } = 200;

    public int Clients { get; init; } = 8;

    /// <summary>Questions of each kind.</summary>
    public int Each { get; init; } = 400;

    /// <summary>Spans a second that are appended while asking.</summary>
    public int Ingest { get; init; }

    public int Quality { get; init; } = 2;

    /// <summary>Spans in a block.</summary>
    public int Block { get; init; } = new SegmentStoreOptions { Folder = "" }.BlockRowsMax;

    public string? Report { get; init; }

    public static QueryOptions Parse(string[] arguments)
    {
        var options = new QueryOptions();
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            var value = arguments[i + 1];
            options = arguments[i] switch
            {
                "--folder" => options with { Folder = Path.GetFullPath(value) },
                "--spans" => options with { Spans = long.Parse(value, CultureInfo.InvariantCulture) },
                "--segments" => options with { Segments = int.Parse(value, CultureInfo.InvariantCulture) },
                "--clients" => options with { Clients = int.Parse(value, CultureInfo.InvariantCulture) },
                "--each" => options with { Each = int.Parse(value, CultureInfo.InvariantCulture) },
                "--ingest" => options with { Ingest = int.Parse(value, CultureInfo.InvariantCulture) },
                "--quality" => options with { Quality = int.Parse(value, CultureInfo.InvariantCulture) },
                "--block" => options with { Block = int.Parse(value, CultureInfo.InvariantCulture) },
                "--report" => options with { Report = Path.GetFullPath(value) },
                _ => throw new ArgumentException($"{arguments[i]} is not known.\n{Usage}", nameof(arguments)),
            };
        }

        return arguments.Length % 2 == 0 ? options : throw new ArgumentException($"{arguments[^1]} has no value.\n{Usage}", nameof(arguments));
    }
}
