namespace Throughline.Server.Internal.Analyze;

/// <summary>What leads from one node to another.</summary>
internal enum TopologyEdgeKind
{
    /// <summary>From a service to a topic.</summary>
    Produce = 0,

    /// <summary>From a topic to a service.</summary>
    Consume,

    /// <summary>From a service to a service.</summary>
    Call,
}
