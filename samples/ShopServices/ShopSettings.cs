namespace ShopServices;

/// <summary>What arguments and environment set. ASPNETCORE_URLS and OTEL_* are read by ASP.NET Core and OpenTelemetry.</summary>
internal sealed record ShopSettings
{
    private static readonly Dictionary<string, Role> Roles = new() { ["billing"] = Role.Billing, ["audit"] = Role.Audit };

    /// <summary>The first argument: <c>billing</c> or <c>audit</c>.</summary>
    public required Role Role { get; init; }

    /// <summary>KAFKA_BROKERS, required: host:port, several separated by commas.</summary>
    public required string KafkaBrokers { get; init; }

    /// <summary>KAFKA_CONFIG: further settings of the client, as <c>security.protocol=SSL;fetch.wait.max.ms=50</c>.</summary>
    public IReadOnlyDictionary<string, string> KafkaConfig { get; init; } = new Dictionary<string, string>();

    /// <summary>ORDER_TOPIC: where orders are announced.</summary>
    public string Topic { get; init; } = "order-events";

    /// <summary>SHOP_GROUP: the consumer group; the role's name without it.</summary>
    public required string Group { get; init; }

    /// <summary>Where orders wait whose card could not be checked.</summary>
    public string RetryTopic => $"{Topic}.billing.retry";

    /// <summary>Where orders end that cannot be charged.</summary>
    public string DeadLetterTopic => $"{Topic}.billing.dead";

    /// <summary>Reads both.</summary>
    /// <exception cref="InvalidSettingException">Something is missing or wrong.</exception>
    public static ShopSettings Read(string[] args, Func<string, string?> environment)
    {
        string? Variable(string name) => environment(name)?.Trim() is { Length: > 0 } value ? value : null;

        var role = args is [var name, ..] && Roles.TryGetValue(name, out var known)
            ? known
            : throw new InvalidSettingException("The first argument says which service this is: billing or audit.");
        return new ShopSettings
        {
            Role = role,
            KafkaBrokers = Variable("KAFKA_BROKERS") ?? throw new InvalidSettingException(
                "KAFKA_BROKERS is not set. It names the Kafka brokers, for example KAFKA_BROKERS=localhost:9092"),
            KafkaConfig = ReadKafkaConfig(Variable("KAFKA_CONFIG")),
            Topic = Variable("ORDER_TOPIC") ?? "order-events",
            Group = Variable("SHOP_GROUP") ?? role.ToString().ToLowerInvariant(),
        };
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
}
