namespace Throughline.Server.Internal.Ingest;

/// <summary>What every receiver feeds: OTLP over gRPC and HTTP, Zipkin. One form, OTLP's protobuf, goes in.</summary>
internal interface IIngest
{
    /// <summary>
    /// Reads the request, writes it to the ingest log and returns once it is on disk: an accepted request survives the
    /// loss of power. The payload's memory is the caller's again after that.
    /// </summary>
    ValueTask<IngestAnswer> TakeAsync(SignalKind kind, ReadOnlyMemory<byte> payload, CancellationToken cancellationToken);
}
