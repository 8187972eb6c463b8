namespace Throughline.Server.Internal.Analyze;

/// <summary>How long records took. A part without evidence is null.</summary>
/// <param name="Path">Only by path; then what follows is null, as it is where all are one row.</param>
/// <param name="Group">Null by topic, too.</param>
/// <param name="Partition">Only by partition; -1 where spans do not tell it.</param>
/// <param name="Time">Start of the point, Unix nanoseconds, in a series over time; else 0.</param>
/// <param name="EndToEnd">From the start of the journey's first span that is known to the processing's end.</param>
/// <param name="Lag">From the record's timestamp, else the send's end, to where processing begins.</param>
/// <param name="Skewed">Hops whose processing seems to begin before the send: clocks differ; they are in no lag.</param>
internal sealed record LatencyRow(
    string? Path,
    string? Cluster,
    string? Topic,
    string? Group,
    int? Partition,
    long Time,
    Distribution? EndToEnd,
    Distribution? Lag,
    Distribution? Produce,
    Distribution? InTopic,
    Distribution? InClient,
    Distribution? Processing,
    double Skewed);
