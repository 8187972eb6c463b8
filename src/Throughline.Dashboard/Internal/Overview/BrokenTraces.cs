using Throughline.Dashboard.Internal.Shell;
using Throughline.Dashboard.Internal.Text;
using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Assemble;

namespace Throughline.Dashboard.Internal.Overview;

/// <summary>Who breaks traces, in sentences: those that break most first.</summary>
internal static class BrokenTraces
{
    public static IEnumerable<LookItem> Of(IReadOnlyList<OrphanRow> orphans) => orphans
        .Where(static row => row.Cause != OrphanCause.ParentInFlight)
        .GroupBy(static row => (row.Service, row.Cause))
        .Select(static rows => (rows.Key.Service, rows.Key.Cause, Count: rows.Sum(static row => row.Count), First: rows.First()))
        .OrderByDescending(static broken => broken.Count)
        .Select(static broken => new LookItem(
            "Orphans",
            "bad",
            $"{Who(broken.Cause, broken.Service, broken.First.Topic)}: {Words.Many(broken.Count, "orphan")}.",
            "The page has the fix for this client.",
            request => request.Orphans(broken.Service)));

    private static string Who(OrphanCause cause, string service, string topic)
    {
        var records = topic.Length > 0 ? $"records of {topic}" : "records";
        return cause switch
        {
            OrphanCause.ConsumerNotExtracting => $"{service} does not extract the context of {records}",
            OrphanCause.ProducerNotInstrumented => $"{service} reads {records} that nobody traced when they were sent",
            OrphanCause.HeaderMissing => $"{service} reads {records} whose context somebody took off",
            OrphanCause.HeaderMalformed => $"{service} reads {records} with a traceparent that is none",
            OrphanCause.HeaderOverwritten => $"{service} reads {records} whose context a forwarder wrote over",
            OrphanCause.ParentSampledOut => $"Parents of spans of {service} were sampled out",
            OrphanCause.ParentLost => $"Parents of spans of {service} never came",
            OrphanCause.ClockSkew => $"Clocks around {service} disagree",
            _ => $"Spans of {service} stand alone",
        };
    }
}
