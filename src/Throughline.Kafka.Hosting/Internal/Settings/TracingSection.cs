namespace Throughline.Kafka.Hosting.Internal.Settings;

/// <summary>Reads <see cref="KafkaTracingOptions"/>: everything but hooks, propagator, loggers and clock. Lists add to what is there.</summary>
internal static class TracingSection
{
    internal static void Read(SettingsReader section, KafkaTracingOptions options)
    {
        section.Choice<ProcessCorrelation>("Correlation", value => options.Correlation = value);
        var byTopic = section.Section("CorrelationByTopic");
        foreach (var topic in byTopic.Keys())
        {
            byTopic.Choice<ProcessCorrelation>(topic, value => options.CorrelationByTopic[topic] = value);
        }

        byTopic.RefuseOthers();
        section.Choice<ExistingContext>("ExistingContext", value => options.ExistingContext = value);
        section.Text("CorrelationIdHeader", value => options.CorrelationIdHeader = value);
        section.Switch("PollSpans", value => options.PollSpans = value);
        section.Switch("CommitSpans", value => options.CommitSpans = value);
        section.Switch("AutomaticCommitSpans", value => options.AutomaticCommitSpans = value);
        section.Number("BatchLinksMax", value => options.BatchLinksMax = value);
        Read(section.Section("Capture"), options.Capture);
        section.Each("UntracedTopics", options.UntracedTopics.Add);
        section.Time("HookTimeMax", value => options.HookTimeMax = value);
        section.Time("StatisticsInterval", value => options.StatisticsInterval = value);
        section.FractionOrNever("HeaderShareMax", value => options.HeaderShareMax = value);
        section.Switch("LogTraceIds", value => options.LogTraceIds = value);
        section.RefuseOthers();
    }

    private static void Read(SettingsReader section, CaptureOptions options)
    {
        section.Switch("Sizes", value => options.Sizes = value);
        section.Switch("Keys", value => options.Keys = value);
        section.Each("HeadersIncluded", options.HeadersIncluded.Add);
        section.Each("HeadersExcluded", options.HeadersExcluded.Add);
        section.Each("HeadersRedacted", options.HeadersRedacted.Add);
        section.Number("ValueBytesMax", value => options.ValueBytesMax = value);
        section.Each("PayloadTopics", options.PayloadTopics.Add);
        section.Number("PayloadBytesMax", value => options.PayloadBytesMax = value);
        foreach (var rule in section.Sections("Redactions"))
        {
            options.Redactions.Add(Rule(rule));
        }

        section.Time("RedactionTimeMax", value => options.RedactionTimeMax = value);
        section.RefuseOthers();
    }

    private static RedactionRule Rule(SettingsReader section)
    {
        var rule = new RedactionRule();
        section.Text("Pattern", value => rule.Pattern = value);
        section.Text("Replacement", value => rule.Replacement = value);
        section.Choice<RedactionTargets>("Targets", value => rule.Targets = value);
        section.RefuseOthers();
        return rule;
    }
}
