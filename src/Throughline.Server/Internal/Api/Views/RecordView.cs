namespace Throughline.Server.Internal.Api.Views;

/// <summary>Everything that was seen of one record.</summary>
/// <param name="Topic">Its topic.</param>
/// <param name="Partition">Its partition.</param>
/// <param name="Offset">Its offset.</param>
/// <param name="TraceIds">The traces that it takes part in.</param>
/// <param name="Spans">Its send, its processing in every group, and what else names it; by their start.</param>
internal sealed record RecordView(
    string Topic, int Partition, long Offset, IReadOnlyList<string> TraceIds, IReadOnlyList<SpanSummaryView> Spans);
