namespace Throughline.Server.Internal.Journeys;

/// <summary>A bound of <see cref="JourneyOptions"/>.</summary>
internal enum OmissionKind
{
    Spans = 0,
    Traces,

    /// <summary>Spans that link to one trace, or name one record: of these there were as many as may be read, or more.</summary>
    Related,

    /// <summary>Records that were not looked up by their place.</summary>
    RecordLookups,
    Beside,
}
