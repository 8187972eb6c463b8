namespace Throughline.Server.Internal.Analyze;

/// <summary>Of what a row of flows is.</summary>
internal enum FlowBy
{
    Topic = 0,
    Partition,
}
