namespace Throughline.Kafka.Hosting.Internal.Consumers;

/// <summary>What ended a consumer's run, at which record, and how long the run was.</summary>
internal sealed record ConsumerFailure(Exception Exception, string Place, TimeSpan RanFor);
