namespace Throughline.Server.Internal.Rollups;

/// <summary>
/// What is counted or measured, of which kind of family, and what its detail names. The numbers are on disk. What begins
/// with Span is from spans and weighted, with Metric from unsampled client metrics, with Broker from brokers.
/// </summary>
internal enum Measure : byte
{
    // Of a group, of its partitions, and of a path: nanoseconds of hops, by percentiles.
    Lag = 1,
    Produce = 2,
    InTopic = 3,
    InClient = 4,
    Processing = 5,

    /// <summary>From the origin's start to the processing's end.</summary>
    EndToEnd = 6,

    /// <summary>Hops whose processing seems to begin before the record was sent.</summary>
    Skewed = 7,

    // Of a group's partitions.

    /// <summary>Count and sum of seconds: the mean lag in time, of all records.</summary>
    MetricLagTime = 12,

    /// <summary>Gauge: records between the client's position and the end.</summary>
    MetricLagOffset = 13,

    /// <summary>Gauge: records between the committed offset and the end.</summary>
    MetricLagCommitted = 14,

    /// <summary>Gauge: offsets between the committed one and the end.</summary>
    BrokerLag = 15,

    // Of a group, by partition where it happened.

    /// <summary>Offsets that the group's commits have passed.</summary>
    BrokerCommitted = 16,

    /// <summary>Offsets that were deleted before the group's commits had passed them.</summary>
    BrokerExpired = 17,

    /// <summary>Of those, the ones that surely were records which the group could have read.</summary>
    BrokerExpiredSurely = 18,

    /// <summary>Offsets that the group's commit passed while it had no members: somebody moved it.</summary>
    BrokerMoved = 19,

    // Of a group by service.
    SpanFetched = 20,
    SpanProcessed = 21,

    /// <summary>Of a group's partitions, too: then by partition.</summary>
    SpanFailed = 22,
    SpanRetried = 23,
    SpanDeadLettered = 24,

    /// <summary>Processings of records that the group had processed before.</summary>
    SpanRedelivered = 25,

    /// <summary>Processings that were of a batch: the metric counts such a one once.</summary>
    SpanBatches = 26,

    /// <summary>Nanoseconds, by percentiles.</summary>
    SpanProcessing = 27,

    /// <summary>Nanoseconds, by percentiles.</summary>
    ServiceLag = 28,
    MetricConsumed = 30,

    /// <summary>Processings that went well.</summary>
    MetricProcessed = 31,
    MetricProcessFailed = 32,
    MetricAttemptsRepeated = 33,
    MetricForwarded = 34,
    MetricDeadLettered = 35,
    MetricRedriven = 36,

    /// <summary>By partition: of <see cref="BrokerMoved"/>, the ones that surely were records.</summary>
    BrokerMovedSurely = 37,

    /// <summary>Of a group or topic, by partition: seconds between observations, as the sum.</summary>
    BrokerWatched = 38,

    // Of a topic by service.
    SpanSent = 40,

    /// <summary>By service, error and whether the record may be stored even so.</summary>
    SpanSendFailed = 41,

    /// <summary>Nanoseconds, by percentiles.</summary>
    SpanSending = 42,

    /// <summary>Sends within transactions.</summary>
    SpanTransactional = 43,

    /// <summary>Sum of bytes over the records of which it is known.</summary>
    SpanHeaderBytes = 44,

    /// <summary>Sum of bytes of headers and body, over the records of which both are known.</summary>
    SpanRecordBytes = 45,

    /// <summary>Sum of header bytes over the records of which the body's size is known, too.</summary>
    SpanHeaderBytesOfSized = 46,

    /// <summary>Attempts that went well.</summary>
    MetricSent = 50,

    /// <summary>By service, error and whether the record may be stored even so.</summary>
    MetricSendFailed = 51,
    MetricHeaderBytes = 52,
    MetricHeadersDropped = 53,

    // Of a topic's partitions.
    SpanSentTo = 60,
    MetricSentTo = 61,

    /// <summary>Offsets by which ends moved; of the topic, too.</summary>
    BrokerStored = 62,

    // Of a topic, by partition where it happened.

    /// <summary>Offsets by which starts moved.</summary>
    BrokerDeleted = 63,

    /// <summary>Offsets that had been acknowledged and are not there any more: the end moved back.</summary>
    BrokerGone = 64,

    /// <summary>Of <see cref="BrokerStored"/>, the offsets that surely are records, which nothing but time deletes.</summary>
    BrokerStoredSurely = 65,

    /// <summary>Of <see cref="BrokerGone"/>, the ones that surely were records.</summary>
    BrokerGoneSurely = 66,

    // Of a service.

    /// <summary>By topic, group, error and operation.</summary>
    SpanError = 70,

    /// <summary>By cause and topic.</summary>
    Orphans = 71,

    /// <summary>Parents that came after all; by topic.</summary>
    ParentsLate = 72,

    /// <summary>Nanoseconds of the spans in which the service begins its part, by percentiles; by kind.</summary>
    Entry = 73,

    /// <summary>Processings for which record identity named several sends, or no plausible one; by topic.</summary>
    Ambiguous = 74,

    /// <summary>All spans: for how many they stand, and how many were seen.</summary>
    Spans = 75,

    // Of a call.
    CallTime = 80,
    CallFailed = 81,
}
