namespace Throughline.Server.Internal.Spans;

/// <summary>
/// What makes two received spans the same one, sent twice. The kind belongs to it: with Zipkin a client's and a server's
/// span may share their id.
/// </summary>
internal readonly record struct SpanIdentity(SpanKey Key, SpanKind Kind);
