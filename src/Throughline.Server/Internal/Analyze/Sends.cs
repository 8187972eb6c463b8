using Throughline.Server.Internal.Rollups;

namespace Throughline.Server.Internal.Analyze;

/// <summary>What a service's sends to a topic came to: by its metrics where it sends some, else by its spans.</summary>
/// <param name="Attempts">All of them.</param>
/// <param name="Refused">Of which surely nothing is stored.</param>
/// <param name="Unclear">That failed, of which something may be stored.</param>
internal readonly record struct Sends(double Attempts, double Refused, double Unclear, bool IsOfMetrics)
{
    public double Failed => Refused + Unclear;

    public static Sends Of(SeriesValues values, string service)
    {
        var failedByMetrics = Failures(values, Measure.MetricSendFailed, service);
        if (values.Find(Measure.MetricSent, service) is not null || failedByMetrics != default)
        {
            // An error that a metric tells may be of a transaction that was given up: then it is no refusal.
            var isTransactional = values.Count(Measure.SpanTransactional, service) > 0;
            var (refused, unclear) = failedByMetrics;
            var attempts = values.Count(Measure.MetricSent, service) + refused + unclear;
            return isTransactional ? new(attempts, 0, refused + unclear, true) : new(attempts, refused, unclear, true);
        }

        var failed = Failures(values, Measure.SpanSendFailed, service);
        return new(values.Count(Measure.SpanSent, service), failed.Refused, failed.Unclear, false);
    }

    private static (double Refused, double Unclear) Failures(SeriesValues values, Measure measure, string service)
    {
        var (refused, unclear) = (0.0, 0.0);
        foreach (var (detail, value) in values.Of(measure))
        {
            var parts = Detail.Parts(detail, 3);
            if (parts[0] == service)
            {
                refused += parts[2] == SendRecorder.Refused ? value.Count : 0;
                unclear += parts[2] == SendRecorder.Refused ? 0 : value.Count;
            }
        }

        return (refused, unclear);
    }
}
