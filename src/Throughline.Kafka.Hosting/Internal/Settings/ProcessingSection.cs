namespace Throughline.Kafka.Hosting.Internal.Settings;

/// <summary>Reads how a consumer's records are processed. What values are allowed is for the loop to check.</summary>
internal static class ProcessingSection
{
    internal static void Read(SettingsReader section, KafkaConsumerOptions options)
    {
        var processing = options.Processing;
        section.Number("Workers", value => processing.Workers = value);
        section.Choice<ProcessingOrder>("Order", value => processing.Order = value);
        section.Number("InFlightMax", value => processing.InFlightMax = value);
        section.Time("DrainTimeout", value => processing.DrainTimeout = value);
        section.Time("CommitInterval", value => processing.CommitInterval = value);
        if (section.Section("Retry") is { HasKeys: true } retry)
        {
            Read(retry, processing.Retry ??= new());
        }

        if (section.Section("Failures") is { HasKeys: true } failures)
        {
            Read(failures, options.RouteFailures());
        }

        section.RefuseOthers();
    }

    internal static void Read(SettingsReader section, BatchOptions options)
    {
        section.Number("SizeMax", value => options.SizeMax = value);
        section.Time("WaitMax", value => options.WaitMax = value);
        section.Choice<BatchSpans>("Spans", value => options.Spans = value);
        section.RefuseOthers();
    }

    private static void Read(SettingsReader section, RetryOptions options)
    {
        section.Number("AttemptsMax", value => options.AttemptsMax = value);
        section.Time("BackoffInitial", value => options.BackoffInitial = value);
        section.Fraction("BackoffFactor", value => options.BackoffFactor = value);
        section.Time("BackoffMax", value => options.BackoffMax = value);
        section.Fraction("BackoffJitter", value => options.BackoffJitter = value);
        section.Number("JitterSeed", value => options.JitterSeed = value);
        section.Choice<AttemptTelling>("Telling", value => options.Telling = value);
        section.RefuseOthers();
    }

    private static void Read(SettingsReader section, FailureRouting options)
    {
        foreach (var topic in section.Sections("RetryTopics"))
        {
            string? name = null;
            var delay = TimeSpan.Zero;
            topic.Text("Name", value => name = value);
            topic.Time("Delay", value => delay = value);
            topic.RefuseOthers();
            topic.RefuseUnless("Name", name is not null, "is not set; allowed: a topic's name");
            options.RetryTopics.Add(new(name ?? "?", delay));
        }

        section.Text("DeadLetterTopic", value => options.DeadLetterTopic = value);
        section.Number("StackTraceBytesMax", value => options.StackTraceBytesMax = value);
        section.Number("MessageBytesMax", value => options.MessageBytesMax = value);
        section.Number("SendAttemptsMax", value => options.SendAttemptsMax = value);
        section.Time("SendBackoff", value => options.SendBackoff = value);
        section.RefuseOthers();
    }
}
