namespace Throughline.Server.Internal.Analyze;

/// <summary>What tracing adds to the records of a topic.</summary>
/// <param name="Records">Records of which it is known.</param>
/// <param name="HeaderBytes">Bytes of tracing's headers on these.</param>
/// <param name="BytesPerRecord">Their mean.</param>
/// <param name="ShareOfRecord">
/// Of headers and body together, over the spans that tell both; null where none does: bodies' sizes are told on request.
/// </param>
/// <param name="Basis">Metrics, where there are any; else spans.</param>
/// <param name="HeadersDropped">Records sent without because of their size; by metrics, null where there are none.</param>
internal sealed record OverheadRow(
    string Cluster,
    string Topic,
    double Records,
    double HeaderBytes,
    double BytesPerRecord,
    double? ShareOfRecord,
    LedgerBasis Basis,
    double? HeadersDropped);
