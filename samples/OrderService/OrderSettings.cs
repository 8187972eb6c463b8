using System.Text.RegularExpressions;

namespace OrderService;

/// <summary>What the environment sets. ASPNETCORE_URLS and OTEL_* are read by ASP.NET Core and OpenTelemetry.</summary>
internal sealed partial record OrderSettings
{
    /// <summary>KAFKA_BROKERS, required: host:port, several separated by commas.</summary>
    public required string KafkaBrokers { get; init; }

    /// <summary>ORDER_TOPIC: where each order is announced.</summary>
    public string Topic { get; init; } = "order-events";

    /// <summary>ORDER_DB: the database's file.</summary>
    public string Database { get; init; } = "orders.db";

    /// <summary>How long a request waits for Kafka before it leaves the event to the outbox.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads the environment.</summary>
    /// <exception cref="InvalidSettingException">A variable is missing or wrong.</exception>
    public static OrderSettings FromEnvironment()
    {
        var settings = new OrderSettings { KafkaBrokers = Variable("KAFKA_BROKERS") ?? "" };
        settings = settings with
        {
            Topic = Variable("ORDER_TOPIC") ?? settings.Topic,
            Database = Variable("ORDER_DB") ?? settings.Database,
        };
        if (settings.KafkaBrokers.Length == 0)
        {
            throw new InvalidSettingException(
                "KAFKA_BROKERS is not set. It names the Kafka brokers, for example KAFKA_BROKERS=localhost:9092");
        }

        if (!BrokerList().IsMatch(settings.KafkaBrokers))
        {
            throw new InvalidSettingException(
                $"KAFKA_BROKERS is '{settings.KafkaBrokers}', which is not host:port or a list of them separated by commas");
        }

        if (!TopicName().IsMatch(settings.Topic))
        {
            throw new InvalidSettingException(
                $"ORDER_TOPIC is '{settings.Topic}'. A topic's name has 1 to 249 letters, digits, dots, underscores and hyphens");
        }

        return settings;
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    [GeneratedRegex(@"^[^\s,:]+:\d{1,5}(,\s*[^\s,:]+:\d{1,5})*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex BrokerList();

    [GeneratedRegex("^[a-zA-Z0-9._-]{1,249}$", RegexOptions.NonBacktracking)]
    private static partial Regex TopicName();
}
