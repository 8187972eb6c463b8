namespace Throughline.Server.Load.Generation;

/// <summary>Which attributes a span has.</summary>
internal enum SpanSort
{
    Request = 0,
    Query,
    Send,
    Process,
}
