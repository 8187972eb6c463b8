namespace Throughline.Server.Internal.Analyze;

/// <summary>How far a group was behind, at one time.</summary>
/// <param name="Partition">-1 where spans do not tell it.</param>
/// <param name="Time">Start of the point, Unix nanoseconds.</param>
/// <param name="Committed">Mean and largest number of offsets between the committed one and the end, as brokers told.</param>
/// <param name="ClientCommitted">The same as clients told.</param>
/// <param name="Position">Between what the client has read and the end, as clients told.</param>
/// <param name="TimeOfSpans">From records' timestamps to where processing begins, nanoseconds; of spans.</param>
/// <param name="TimeMean">The same of all records, nanoseconds, as metrics told.</param>
internal sealed record LagRow(
    string Cluster,
    string Topic,
    string Group,
    int Partition,
    long Time,
    LagFigure? Committed,
    LagFigure? ClientCommitted,
    LagFigure? Position,
    Distribution? TimeOfSpans,
    double? TimeMean);
