using System.Text.RegularExpressions;

namespace NotificationService;

/// <summary>What the environment sets. ASPNETCORE_URLS and OTEL_* are read by ASP.NET Core and OpenTelemetry.</summary>
internal sealed partial record NotificationSettings
{
    /// <summary>KAFKA_BROKERS, required: host:port, several separated by commas.</summary>
    public required string KafkaBrokers { get; init; }

    /// <summary>KAFKA_CONFIG: further settings of the client, as <c>security.protocol=SSL;fetch.wait.max.ms=50</c>.</summary>
    public IReadOnlyDictionary<string, string> KafkaConfig { get; init; } = new Dictionary<string, string>();

    /// <summary>ORDER_TOPIC: where orders are announced.</summary>
    public string Topic { get; init; } = "order-events";

    /// <summary>NOTIFICATION_GROUP: the consumer group.</summary>
    public string Group { get; init; } = "notification-service";

    /// <summary>NOTIFY_URL: a webhook that gets each notification; without it they go to the file.</summary>
    public Uri? NotifyUrl { get; init; }

    /// <summary>NOTIFY_FILE: where notifications are appended when there is no webhook, one JSON line each.</summary>
    public string NotifyFile { get; init; } = "notifications.jsonl";

    /// <summary>
    /// DEMO_SKIP_EXTRACT=1 consumes as a plain client does, without reading the trace context from the records' headers:
    /// every trace then breaks at the topic. It is there to show that, and for nothing else.
    /// </summary>
    public bool SkipExtract { get; init; }

    /// <summary>Reads the environment.</summary>
    /// <exception cref="InvalidSettingException">A variable is missing or wrong.</exception>
    public static NotificationSettings Read(Func<string, string?> environment)
    {
        string? Variable(string name) => environment(name)?.Trim() is { Length: > 0 } value ? value : null;

        var settings = new NotificationSettings { KafkaBrokers = Variable("KAFKA_BROKERS") ?? "" };
        settings = settings with
        {
            KafkaConfig = ReadKafkaConfig(Variable("KAFKA_CONFIG")),
            Topic = Variable("ORDER_TOPIC") ?? settings.Topic,
            Group = Variable("NOTIFICATION_GROUP") ?? settings.Group,
            NotifyUrl = ReadUrl(Variable("NOTIFY_URL")),
            NotifyFile = Variable("NOTIFY_FILE") ?? settings.NotifyFile,
            SkipExtract = Variable("DEMO_SKIP_EXTRACT") == "1",
        };
        settings.Validate();
        return settings;
    }

    private static Uri? ReadUrl(string? text)
    {
        if (text is null)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new InvalidSettingException($"NOTIFY_URL is '{text}', which is not an http or https address");
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
