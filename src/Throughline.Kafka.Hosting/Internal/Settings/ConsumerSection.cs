namespace Throughline.Kafka.Hosting.Internal.Settings;

/// <summary>Reads <see cref="KafkaConsumerOptions"/>.</summary>
internal static class ConsumerSection
{
    internal static void Read(SettingsReader section, KafkaConsumerOptions options)
    {
        ClientSection.Read(section, options.Client, options.Paths);
        section.Text("Group", value =>
        {
            options.Client.GroupId = value;
            options.Paths.Note("group.id", value, section.PathOf("Group"));
        });
        ReadTopics(section, options.Topics);
        TracingSection.Read(section.Section("Tracing"), options.Tracing);
        ProcessingSection.Read(section.Section("Processing"), options);
        ProcessingSection.Read(section.Section("Batch"), options.Batch);
        section.Choice<ConsumerFailureAction>("FailureAction", value => options.FailureAction = value);
        section.Time("RestartPauseInitial", value => options.RestartPauseInitial = value);
        section.Time("RestartPauseMax", value => options.RestartPauseMax = value);
        Read(section.Section("Health"), options.Health);
        section.RefuseOthers();
    }

    private static void ReadTopics(SettingsReader section, IList<string> topics)
    {
        var configured = new List<string>();
        section.Each("Topics", configured.Add);
        if (configured.Count > 0)
        {
            topics.Clear();
            configured.ForEach(topics.Add);
        }
    }

    private static void Read(SettingsReader section, ConsumerHealthOptions options)
    {
        section.LongNumber("LagMax", value => options.LagMax = value);
        section.Time("PollAgeMax", value => options.PollAgeMax = value);
        section.Switch("MayBeSpare", value => options.MayBeSpare = value);
        section.RefuseOthers();
    }
}
