using Throughline.Server.Internal.Assemble;

namespace Throughline.Dashboard.Internal.Orphans;

/// <summary>A cause in words: what it is called, what it means, and where on the record's way it is.</summary>
/// <param name="Title">As a heading.</param>
/// <param name="Meaning">One sentence for who has never heard of it.</param>
/// <param name="Place">Where the trace breaks.</param>
internal sealed record CauseWords(string Title, string Meaning, BreakPlace Place)
{
    public static CauseWords Of(OrphanCause cause) => cause switch
    {
        OrphanCause.ConsumerNotExtracting => new(
            "Consumer not extracting",
            "The sender put its context on the record, and the consumer does not read it: each record begins a trace of its own.",
            BreakPlace.Consumer),
        OrphanCause.ProducerNotInstrumented => new(
            "Producer not instrumented",
            "Nobody who traces sent these records: there is no context that the consumer could go on with.",
            BreakPlace.Producer),
        OrphanCause.HeaderMissing => new(
            "Header missing",
            "The send was traced, and its record came without a traceparent: it was never written, or something took it off.",
            BreakPlace.Record),
        OrphanCause.HeaderMalformed => new(
            "Header malformed",
            "The record has a traceparent that is none: it cannot be read, so the consumer began a trace of its own.",
            BreakPlace.Record),
        OrphanCause.HeaderOverwritten => new(
            "Header overwritten",
            "Somebody sent the record on with the context of another record: the trace goes on from the wrong place.",
            BreakPlace.Record),
        OrphanCause.ParentSampledOut => new(
            "Parent sampled out",
            "The consumer's span was kept and its parent's was not: the two services decide differently about one trace.",
            BreakPlace.Producer),
        OrphanCause.ParentLost => new(
            "Parent lost",
            "The context was read, and the span that it names never came here: its service made it and did not deliver it.",
            BreakPlace.Producer),
        OrphanCause.ParentInFlight => new(
            "Parent on its way",
            "The span that the context names may still come: it is not counted as missing.",
            BreakPlace.Producer),
        _ => new(
            "Clock skew",
            "Two spans name the same record at times that cannot both be right: the hosts' clocks differ.",
            BreakPlace.Clock),
    };
}
