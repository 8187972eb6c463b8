using Confluent.Kafka;
using Throughline.Cli.Terminal;
using Throughline.Kafka;

namespace Throughline.Cli.Redrive;

/// <summary>1. see that the topics are there; 2. send the letters back, or look at them; 3. say what became of it.</summary>
internal sealed class RedriveJob(RedriveRequest request, Steps steps)
{
    // A dead letter may be larger than what a producer sends by default; the brokers have the last word.
    private const int MessageBytesMax = 100_000_000;

    private readonly List<(DeadLetter, RedriveVerdict)> _letters = [];
    private long _seen;

    public async Task<RedriveOutcome> RunAsync(CancellationToken cancellationToken)
    {
        // 1.
        steps.Begin("connect", request.BootstrapServers);
        await Task.Run(CheckTopics, cancellationToken);
        steps.Done(request.BootstrapServers);

        // 2.
        steps.Begin(request.DryRun ? "look" : "redrive", request.Topic);
        using var producer = new TracingProducerBuilder<byte[], byte[]>(Config(new ProducerConfig
        {
            Acks = Acks.All,
            EnableIdempotence = true,
            LingerMs = 0,
            MessageMaxBytes = MessageBytesMax,
        })).SetLogHandler(Quiet).Build();
        var report = await RedriveAsync(producer, cancellationToken);

        // 3.
        var outcome = new RedriveOutcome(request, report, _letters);
        steps.Done($"{request.Topic}: {outcome.Seen} seen, {report.Sent} {(request.DryRun ? "to send" : "sent")}");
        return outcome;
    }

    private async Task<RedriveReport> RedriveAsync(IProducer<byte[], byte[]> producer, CancellationToken cancellationToken)
    {
        var options = new RedriveOptions(request.Topic)
        {
            To = request.To,
            OriginalTopic = request.OriginalTopic,
            FailureType = request.Error,
            LettersMax = request.Max ?? long.MaxValue,
            RatePerSecondMax = request.Rate,
            DryRun = request.DryRun,
            GroupId = request.Group,
            AssignmentTimeout = request.Timeout,
            OnLetter = Note,
        };
        try
        {
            return await DeadLetters.RedriveAsync(Config(new ConsumerConfig()), producer, options, cancellationToken);
        }
        catch (TimeoutException error)
        {
            throw new CommandException(ExitCodes.Timeout, error.Message, error) { Evidence = SoFar() };
        }
        catch (KafkaException error)
        {
            throw new CommandException(ExitCodes.Unreachable, $"could not go on with {request.Topic}: {error.Error.Reason}", error)
            {
                Evidence = SoFar(),
            };
        }
    }

    private IReadOnlyList<string> SoFar() => _seen == 0 ? [] : [$"{_seen} letters were dealt with before that."];

    // All topics are asked for: asking for one by name could create it.
    private void CheckTopics()
    {
        using var admin = ConnectAdmin();
        Metadata metadata;
        try
        {
            metadata = admin.GetMetadata(request.Timeout);
        }
        catch (KafkaException error)
        {
            throw new CommandException(
                ExitCodes.Unreachable, $"could not reach Kafka at {request.BootstrapServers}: {error.Error.Reason}", error);
        }

        foreach (var topic in (string?[])[request.Topic, request.To])
        {
            if (topic is not null && metadata.Topics.TrueForAll(each => each.Topic != topic))
            {
                throw new CommandException(ExitCodes.Usage, $"there is no topic {topic} at {request.BootstrapServers}");
            }
        }
    }

    // The first client that sees the user's settings.
    private IAdminClient ConnectAdmin()
    {
        try
        {
            return new AdminClientBuilder(Config(new AdminClientConfig()))
                .SetLogHandler((_, _) => { })
                .SetErrorHandler((_, _) => { })
                .Build();
        }
        catch (Exception error) when (error is ArgumentException or InvalidOperationException)
        {
            throw new CommandException(ExitCodes.Usage, error.Message, error);
        }
    }

    private void Note(DeadLetter letter, RedriveVerdict verdict)
    {
        _seen++;
        if (request.All || _letters.Count < RedriveRequest.ListedMax)
        {
            _letters.Add((letter, verdict));
        }

        steps.Update($"{request.Topic}: {_seen} seen, the last {letter.Place.Partition}@{letter.Place.Offset}");
    }

    private List<KeyValuePair<string, string>> Config(ClientConfig config)
    {
        config.BootstrapServers = request.BootstrapServers;
        foreach (var (key, value) in request.ClientSettings)
        {
            config.Set(key, value);
        }

        return [.. config];
    }

    // Librdkafka's own lines would stand between ours; what matters comes as an exception.
    private static void Quiet(IProducer<byte[], byte[]> producer, LogMessage line)
    {
    }
}
