using Throughline.Dashboard.Internal.Text;
using Throughline.Server.Internal.Journeys;

namespace Throughline.Dashboard.Internal.Journeys.Told;

/// <summary>What bounds left out of a journey, in sentences.</summary>
internal static class OmissionWords
{
    private static readonly JourneyOptions Bounds = new();

    public static IEnumerable<string> Of(IReadOnlyList<Omission> omissions) => omissions.Select(static omission => omission.Kind switch
    {
        OmissionKind.Spans => $"This journey has more spans than are read at once: {Words.Count(Bounds.SpansMax)}. At least {Words.Many(omission.Count, "span")} more are left out.",
        OmissionKind.Traces => $"It goes through more than {Words.Count(Bounds.TracesMax)} traces: {Words.Many(omission.Count, "look")} into further ones were left out.",
        OmissionKind.Related => $"More than {Words.Count(Bounds.RelatedMax)} spans link to one trace, or name one record; the others are left out.",
        OmissionKind.RecordLookups => $"Only the first {Words.Count(Bounds.RecordLookupsMax)} records were also looked up by their place: a processing without context of one of the others is left out.",
        _ => $"Of the records that came in the same batches {Words.Count(Bounds.BesideMax)} are named; there are more.",
    });
}
