using System.Reflection;
using Confluent.Kafka;
using Microsoft.Extensions.Configuration;
using Throughline.Kafka.Hosting.Internal.Settings;

namespace Throughline.Kafka.Hosting.Tests;

/// <summary>Options that are added to the libraries must not be forgotten here.</summary>
public class OptionCoverageTests
{
    private const string Nonsense = "nonsense";

    private static readonly Type[] Groups =
    [
        typeof(KafkaTracingOptions), typeof(CaptureOptions), typeof(ProcessingOptions), typeof(RetryOptions), typeof(FailureRouting),
        typeof(BatchOptions), typeof(ConsumerHealthOptions),
    ];

    [Fact]
    public void Every_option_can_be_configured()
    {
        var settings = new Dictionary<string, string?>();
        Expect("Kafka:Consumers:orders", typeof(KafkaConsumerOptions), settings);
        var problems = new SettingsProblems();
        var section = new ConfigurationBuilder().AddInMemoryCollection(settings).Build().GetSection("Kafka:Consumers:orders");
        using var producer = new ProducerBuilder<byte[], byte[]>(new ProducerConfig()).SetLogHandler((_, _) => { }).Build();
        ConsumerSection.Read(new SettingsReader(section, problems), new KafkaConsumerOptions { ForFailures = () => producer });
        var told = Assert.Throws<KafkaSettingsException>(problems.ThrowIfAny).Problems;
        Assert.DoesNotContain(told, problem => problem.Contains("not known", StringComparison.Ordinal));

        // Each was read, since each was refused; but texts, which are anything.
        Assert.Equal(settings.Where(pair => pair.Value == Nonsense).Select(pair => pair.Key).Order(), told.Select(problem => problem[..problem.IndexOf(' ', StringComparison.Ordinal)]).Order());
        Assert.True(told.Count > 20);
    }

    [Fact]
    public void Every_setting_of_the_client_can_be_suggested()
    {
        var names = new[] { typeof(ProducerConfig), typeof(ConsumerConfig) }.SelectMany(NamesOf).Distinct().Order().ToList();
        Assert.True(names.Count > 100);
        Assert.Empty(names.Except(ClientSettingNames.All));
    }

    private static void Expect(string path, Type options, Dictionary<string, string?> settings)
    {
        foreach (var property in options.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            if (Groups.Contains(type))
            {
                Expect($"{path}:{property.Name}", type, settings);
            }
            else if (property.CanWrite && (type.IsPrimitive || type.IsEnum || type == typeof(TimeSpan)))
            {
                settings[$"{path}:{property.Name}"] = Nonsense;
            }
            else if (property.CanWrite && type == typeof(string))
            {
                settings[$"{path}:{property.Name}"] = "text";
            }
        }
    }

    private static IEnumerable<string> NamesOf(Type config)
    {
        foreach (var property in config.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (!property.CanWrite || property.GetIndexParameters().Length > 0)
            {
                continue;
            }

            var made = (Config)Activator.CreateInstance(config)!;
            var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            property.SetValue(made, type == typeof(string) ? "x" : type.IsEnum ? Enum.GetValues(type).GetValue(0) : Activator.CreateInstance(type));
            foreach (var (name, _) in made)
            {
                yield return name;
            }
        }
    }
}
