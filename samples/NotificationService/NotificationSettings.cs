using System.Text.RegularExpressions;

namespace NotificationService;

/// <summary>What the environment sets. ASPNETCORE_URLS and OTEL_* are read by ASP.NET Core and OpenTelemetry.</summary>
internal sealed partial record NotificationSettings
{
    /// <summary>KAFKA_BROKERS, required: host:port, several separated by commas.</summary>
    public required string KafkaBrokers { get; init; }

    /// <summary>ORDER_TOPIC: where orders are announced.</summary>
    public string Topic { get; init; } = "order-events";

    /// <summary>NOTIFICATION_GROUP: the consumer group.</summary>
    public string Group { get; init; } = "notification-service";

    /// <summary>NOTIFY_URL: a webhook that gets each notification; without it they go to the file.</summary>
    public Uri? NotifyUrl { get; init; }

    /// <summary>NOTIFY_FILE: where notifications are appended when there is no webhook, one JSON line each.</summary>
    public string NotifyFile { get; init; } = "notifications.jsonl";

    /// <summary>
    /// KAFKA_FETCH_WAIT_MS: how long the broker may hold a fetch that has nothing to return, 1 to 60,000; the client's
    /// default is 500. Brokers answer at once when a record comes, except for librdkafka's mock broker.
    /// </summary>
    public int? FetchWaitMs { get; init; }

    /// <summary>
    /// DEMO_SKIP_EXTRACT=1 consumes as a plain client does, without reading the trace context from the records' headers:
    /// every trace then breaks at the topic. It is there to show that, and for nothing else.
    /// </summary>
    public bool SkipExtract { get; init; }

    /// <summary>Reads the environment.</summary>
    /// <exception cref="InvalidSettingException">A variable is missing or wrong.</exception>
    public static NotificationSettings FromEnvironment()
    {
        var settings = new NotificationSettings { KafkaBrokers = Variable("KAFKA_BROKERS") ?? "" };
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

        return settings with
        {
            Topic = TopicVariable() ?? settings.Topic,
            Group = Variable("NOTIFICATION_GROUP") ?? settings.Group,
            FetchWaitMs = FetchWaitVariable(),
            NotifyUrl = UrlVariable(),
            NotifyFile = Variable("NOTIFY_FILE") ?? settings.NotifyFile,
            SkipExtract = Variable("DEMO_SKIP_EXTRACT") == "1",
        };
    }

    private static string? TopicVariable()
    {
        var topic = Variable("ORDER_TOPIC");
        return topic is null || TopicName().IsMatch(topic)
            ? topic
            : throw new InvalidSettingException(
                $"ORDER_TOPIC is '{topic}'. A topic's name has 1 to 249 letters, digits, dots, underscores and hyphens");
    }

    private static int? FetchWaitVariable()
    {
        if (Variable("KAFKA_FETCH_WAIT_MS") is not { } text)
        {
            return null;
        }

        return int.TryParse(text, out var milliseconds) && milliseconds is >= 1 and <= 60_000
            ? milliseconds
            : throw new InvalidSettingException($"KAFKA_FETCH_WAIT_MS is '{text}', which is not a number from 1 to 60000");
    }

    private static Uri? UrlVariable()
    {
        var text = Variable("NOTIFY_URL");
        if (text is null)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
            ? url
            : throw new InvalidSettingException($"NOTIFY_URL is '{text}', which is not an http or https address");
    }

    private static string? Variable(string name) =>
        Environment.GetEnvironmentVariable(name) is { } value && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    [GeneratedRegex(@"^[^\s,:]+:\d{1,5}(,\s*[^\s,:]+:\d{1,5})*$", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex BrokerList();

    [GeneratedRegex("^[a-zA-Z0-9._-]{1,249}$", RegexOptions.NonBacktracking)]
    private static partial Regex TopicName();
}
