using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>Which hops took longest.</summary>
internal static class SlowHopAnswers
{
    public static Answer<SlowHop> Of(Question question, SlowHops hops) => question.Answer(
        hops.All
            .Where(hop => question.Range.Contains(hop.TimeUnixNs) && IsWanted(question, hop))
            .OrderByDescending(static hop => hop.EndToEnd)
            .Select(hop => hop with { Cluster = question.ClusterOf(KeyOf(hop)) }));

    private static bool IsWanted(Question question, SlowHop hop) =>
        (question.Filter.Service is null || question.Filter.Service == hop.Service)
        && (question.AllWanted || question.IsWanted(KeyOf(hop)));

    private static FamilyKey KeyOf(SlowHop hop) => FamilyKey.Group(hop.Cluster, hop.Topic, hop.Group);
}
