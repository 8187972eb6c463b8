using System.Text.Json;

namespace Throughline.Server.Load.Queries;

/// <summary>What a filled store is known to have: kept beside it, for the processes that ask it.</summary>
internal sealed record Samples
{
    public required string Mark { get; init; }

    public required long Spans { get; init; }

    public required int Segments { get; init; }

    public required IReadOnlyList<string> Traces { get; init; }

    public required IReadOnlyList<RecordSample> Records { get; init; }

    /// <summary>Share of the spans that each service has.</summary>
    public required IReadOnlyDictionary<string, double> Services { get; init; }

    /// <summary>Nanoseconds that one span in a hundred takes longer than.</summary>
    public required long DurationOfOnePercent { get; init; }

    /// <summary>What filling it was like, as text.</summary>
    public required string Filling { get; init; }

    public static Samples Load(string folder) => JsonSerializer.Deserialize<Samples>(File.ReadAllText(PathIn(folder)))!;

    public void Save(string folder) => File.WriteAllText(PathIn(folder), JsonSerializer.Serialize(this));

    /// <summary>The service whose share is nearest.</summary>
    public (string Service, double Share) ServiceOf(double share)
    {
        var nearest = Services.MinBy(service => Math.Abs(Math.Log(service.Value / share)));
        return (nearest.Key, nearest.Value);
    }

    private static string PathIn(string folder) => Path.Join(folder, "samples.json");

    internal sealed record RecordSample(string Topic, int Partition, long Offset);
}
