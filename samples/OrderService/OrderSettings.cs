using System.Text.RegularExpressions;

namespace OrderService;

/// <summary>What the environment sets. ASPNETCORE_URLS and OTEL_* are read by ASP.NET Core and OpenTelemetry.</summary>
internal sealed partial record OrderSettings
{
    /// <summary>KAFKA_BROKERS, required: host:port, several separated by commas.</summary>
    public required string KafkaBrokers { get; init; }

    /// <summary>KAFKA_CONFIG: further settings of the client, as <c>security.protocol=SSL;fetch.wait.max.ms=50</c>.</summary>
    public IReadOnlyDictionary<string, string> KafkaConfig { get; init; } = new Dictionary<string, string>();

    /// <summary>ORDER_TOPIC: where each order is announced.</summary>
    public string Topic { get; init; } = "order-events";

    /// <summary>ORDER_DB: the database's file.</summary>
    public string Database { get; init; } = "orders.db";

    /// <summary>How long a request waits for Kafka before it leaves the event to the outbox.</summary>
    public TimeSpan SendTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Reads the environment.</summary>
    /// <exception cref="InvalidSettingException">A variable is missing or wrong.</exception>
    public static OrderSettings Read(Func<string, string?> environment)
    {
        string? Variable(string name) => environment(name)?.Trim() is { Length: > 0 } value ? value : null;

        var settings = new OrderSettings { KafkaBrokers = Variable("KAFKA_BROKERS") ?? "" };
        settings = settings with
        {
            KafkaConfig = ReadKafkaConfig(Variable("KAFKA_CONFIG")),
            Topic = Variable("ORDER_TOPIC") ?? settings.Topic,
            Database = Variable("ORDER_DB") ?? settings.Database,
        };
        settings.Validate();
        return settings;
    }

    private static Dictionary<string, string> ReadKafkaConfig(string? text)
    {
        var config = new Dictionary<string, string>();
        foreach (var setting in (text ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            var parts = setting.Split('=', 2, StringSplitOptions.TrimEntries);
            if (parts is not [{ Length: > 0 } name, var value])
            {
                throw new InvalidSettingException($"KAFKA_CONFIG has '{setting}', which is not name=value");
            }

            config[name] = value;
        }

        return config;
    }

    private void Validate()
    {
        if (KafkaBrokers.Length == 0)
        {
            throw new InvalidSettingException(
                "KAFKA_BROKERS is not set. It names the Kafka brokers, for example KAFKA_BROKERS=localhost:9092");
        }

        if (!BrokerList().IsMatch(KafkaBrokers))
        {
            throw new InvalidSettingException(
                $"KAFKA_BROKERS is '{KafkaBrokers}', which is not host:port or a list of them separated by commas");
        }

        if (!TopicName().IsMatch(Topic))
        {
            throw new InvalidSettingException(
                $"ORDER_TOPIC is '{Topic}'. A topic's name has 1 to 249 letters, digits, dots, underscores and hyphens");
        }
    }

    [GeneratedRegex(@"^[^\s,:]+:\d{1,5}(,\s*[^\s,:]+:\d{1,5})*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex BrokerList();

    [GeneratedRegex("^[a-zA-Z0-9._-]{1,249}$", RegexOptions.NonBacktracking)]
    private static partial Regex TopicName();
}
