namespace Throughline.Kafka.Loss.Transactions;

/// <summary>A record that a member has sent on.</summary>
/// <param name="Place">Where it is.</param>
/// <param name="Input">Where the record is that it comes from.</param>
/// <param name="TraceParent">Its header.</param>
internal sealed record OutputRecord((int Partition, long Offset) Place, (int Partition, long Offset) Input, string TraceParent)
{
    internal string TraceId => TraceParent.Split('-')[1];

    internal string SpanId => TraceParent.Split('-')[2];
}
