namespace Throughline.Server.Internal.Analyze;

/// <summary>What a figure is counted from.</summary>
internal enum LedgerBasis
{
    /// <summary>Nobody told.</summary>
    None = 0,

    /// <summary>Clients' metrics, which nothing samples.</summary>
    Metrics,

    /// <summary>Offsets that brokers told.</summary>
    Broker,

    /// <summary>Spans, each counted as often as its sampling says that it stands for.</summary>
    Spans,

    /// <summary>Metrics of the services that send some, and spans of the others.</summary>
    MetricsAndSpans,

    /// <summary>Several figures that have different ones.</summary>
    Several,
}
