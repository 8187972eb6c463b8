using Throughline.Dashboard.Internal.Journeys.Rows;
using Throughline.Server.Internal.Spans;

namespace Throughline.Dashboard.Internal.Journeys.Details;

/// <summary>A span at the other end of a link.</summary>
/// <param name="Key">Which.</param>
/// <param name="Facts">What is known of it; null where it was not found.</param>
/// <param name="Row">Its row, where it is in this journey.</param>
/// <param name="Link">The link, with its record's place where it tells one.</param>
/// <param name="WaitNs">From its end to where the linking one begins; null where that is not known, or negative.</param>
internal sealed record LinkedPeer(SpanKey Key, SpanFacts? Facts, JourneyRow? Row, SpanLink? Link, long? WaitNs);
