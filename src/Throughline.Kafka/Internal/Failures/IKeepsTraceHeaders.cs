namespace Throughline.Kafka.Internal.Failures;

/// <summary>A message that a producer must not send without its trace headers when it is too large: its sender makes it smaller.</summary>
internal interface IKeepsTraceHeaders;
