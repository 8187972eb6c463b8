using Confluent.Kafka;
using Microsoft.Extensions.Configuration;

namespace Throughline.Kafka.Hosting.Internal.Settings;

/// <summary>
/// Puts a client's settings together: 1. what the configuration says of all; 2. what the program sets for all; 3. what the
/// configuration says of this one; 4. what the program sets for it; 5. checks.
/// </summary>
internal sealed class KafkaSettings(IConfigurationSection? section, IEnumerable<SharedConfiguration> shared)
{
    private const string Producers = "Producers";
    private const string Consumers = "Consumers";

    private static readonly TimeSpan LongestTime = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestFlush = TimeSpan.FromMinutes(10);

    private readonly IConfigurationSection _section = section ?? new NoConfiguration("Kafka");
    private readonly SharedConfiguration[] _shared = [.. shared];

    /// <exception cref="KafkaSettingsException">Some are wrong.</exception>
    internal KafkaProducerOptions Producer(string name, Action<KafkaProducerOptions>? configure)
    {
        var (options, problems) = (new KafkaProducerOptions(), new SettingsProblems());
        ReadShared(options.Client, options.Tracing, options.Paths, problems);
        var own = new SettingsReader(_section.GetSection(Producers).GetSection(name), problems);
        ClientSection.Read(own, options.Client, options.Paths);
        TracingSection.Read(own.Section("Tracing"), options.Tracing);
        own.Time("FlushTimeout", value => options.FlushTimeout = value);
        own.RefuseOthers();
        configure?.Invoke(options);

        var check = new SettingsCheck(PathOf(Producers, name), problems);
        check.HasServers(options.Client, _section.Path);
        check.InRange("FlushTimeout", options.FlushTimeout, TimeSpan.Zero, LongestFlush);
        problems.ThrowIfAny();
        return options;
    }

    /// <exception cref="KafkaSettingsException">Some are wrong.</exception>
    internal KafkaConsumerOptions Consumer(string name, ConsumerRequest request)
    {
        var (options, problems) = (new KafkaConsumerOptions { ForFailures = request.ForFailures }, new SettingsProblems());
        ReadShared(options.Client, options.Tracing, options.Paths, problems);
        foreach (var topic in request.Topics)
        {
            options.Topics.Add(topic);
        }

        var own = new SettingsReader(_section.GetSection(Consumers).GetSection(name), problems);
        ConsumerSection.Read(own, options);
        own.RefuseUnless("Batch", request.TakesBatches || !own.Section("Batch").HasKeys, "is set, but the consumer takes records one by one");
        request.Configure?.Invoke(options);

        var check = new SettingsCheck(PathOf(Consumers, name), problems);
        check.HasServers(options.Client, _section.Path);
        check.Has("Group", options.Client.GroupId, "the consumer group's name");
        if (request.IsHosted)
        {
            check.Has("Topics", options.Topics.FirstOrDefault(), "one topic or several, or patterns that begin with ^");
        }

        check.InRange("RestartPauseInitial", options.RestartPauseInitial, TimeSpan.FromMilliseconds(10), LongestTime);
        check.InRange("RestartPauseMax", options.RestartPauseMax, options.RestartPauseInitial, LongestTime);
        check.InRange("Health:PollAgeMax", options.Health.PollAgeMax, TimeSpan.FromTicks(1), TimeSpan.MaxValue);
        check.InRange("Health:LagMax", options.Health.LagMax ?? 0, 0, long.MaxValue);
        problems.ThrowIfAny();
        return options;
    }

    internal string ProducerPath(string name) => PathOf(Producers, name);

    internal string ConsumerPath(string name) => PathOf(Consumers, name);

    /// <summary>Checks what belongs to no client.</summary>
    /// <exception cref="KafkaSettingsException">A key is not known.</exception>
    internal void CheckShared()
    {
        var problems = new SettingsProblems();
        ReadShared(new ClientConfig(), new KafkaTracingOptions(), new SettingPaths(), problems);
        problems.ThrowIfAny();
    }

    /// <summary>Clients that are configured and not among these, each by its path, with what was probably meant.</summary>
    internal IEnumerable<string> Unused(IReadOnlyCollection<string> producers, IReadOnlyCollection<string> consumers) =>
        Unused(Producers, producers).Concat(Unused(Consumers, consumers));

    private void ReadShared(ClientConfig client, KafkaTracingOptions tracing, SettingPaths paths, SettingsProblems problems)
    {
        // 1.
        var reader = new SettingsReader(_section, problems);
        ClientSection.Read(reader, client, paths);
        TracingSection.Read(reader.Section("Tracing"), tracing);
        _ = reader.Section(Producers);
        _ = reader.Section(Consumers);
        reader.RefuseOthers();

        // 2.
        foreach (var each in _shared)
        {
            each.Client?.Invoke(client);
            each.Tracing?.Invoke(tracing);
        }
    }

    private IEnumerable<string> Unused(string kind, IReadOnlyCollection<string> used) => _section.GetSection(kind).GetChildren()
        .Where(each => !used.Contains(each.Key, StringComparer.OrdinalIgnoreCase))
        .Select(each => each.Path + Spelling.Suggest(each.Key, used));

    private string PathOf(string kind, string name) => _section.GetSection(kind).GetSection(name).Path;
}
