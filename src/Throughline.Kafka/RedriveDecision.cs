namespace Throughline.Kafka;

/// <summary>What is done with one dead letter.</summary>
public enum RedriveDecision
{
    /// <summary>It is sent.</summary>
    Send,

    /// <summary>The options do not mean it: it is put back at the end of its topic, as it is.</summary>
    PutBack,

    /// <summary>Its headers do not tell where it failed, and the options do not say where to: it is put back as well.</summary>
    PutBackWithoutDestination,
}
