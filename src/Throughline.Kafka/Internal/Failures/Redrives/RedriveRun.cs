using System.Diagnostics;
using Confluent.Kafka;
using Throughline.Kafka.Internal.Processing;

namespace Throughline.Kafka.Internal.Failures.Redrives;

/// <summary>
/// One redrive, on a thread of its own: 1. consume a letter; 2. decide; 3. send it, or put it back, in its process scope;
/// 4. note it, and commit now and then; until all that was there at the start is seen.
/// </summary>
internal sealed class RedriveRun : IDisposable
{
    private static readonly TimeSpan PollTimeout = TimeSpan.FromMilliseconds(100);

    private readonly RedriveSettings _settings;
    private readonly TracingConsumer<byte[], byte[]> _consumer;
    private readonly LetterSender _sender;
    private readonly LetterBounds _bounds;
    private readonly LetterProgress _progress;
    private readonly Pace _pace;
    private readonly RedriveTally _tally = new();

    internal RedriveRun(
        IEnumerable<KeyValuePair<string, string>> config, TracingProducer<byte[], byte[]> producer, RedriveSettings settings)
    {
        _settings = settings;
        _consumer = new TracingConsumerBuilder<byte[], byte[]>(Replaced(config, settings), settings.Tracing)
            .SetPartitionsAssignedHandler((_, places) => Assigned(places))
            .SetPartitionsRevokedHandler((_, places) => Revoked(places))
            .SetPartitionsLostHandler((_, places) => Left(places))
            .Build();
        _bounds = new(_consumer, settings.AssignmentTimeout);
        _progress = new(_consumer, settings.AssignmentTimeout);
        _sender = new(producer, _consumer.Tracing.Propagator);
        _pace = new(settings.RatePerSecondMax, _consumer.Tracing.Time);
    }

    internal RedriveReport Run(CancellationToken cancellationToken)
    {
        Activity.Current = null;
        _consumer.Subscribe(_settings.Topic);
        RedriveEnd end;
        try
        {
            end = RunToEnd(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // Between two letters.
            end = RedriveEnd.Cancelled;
        }
        catch (Exception)
        {
            CommitAside();
            throw;
        }

        CommitAtLast();
        _consumer.Close();
        return _tally.Report(end, _settings.GroupId);
    }

    public void Dispose() => _consumer.Dispose();

    private RedriveEnd RunToEnd(CancellationToken cancellationToken)
    {
        var heardTimestamp = _consumer.Tracing.Time.GetTimestamp();
        while (!cancellationToken.IsCancellationRequested)
        {
            // 1.
            if (Consume() is { } result)
            {
                if (Take(result, cancellationToken))
                {
                    return RedriveEnd.LettersMax;
                }

                heardTimestamp = _consumer.Tracing.Time.GetTimestamp();
            }

            if (_bounds.AllAreRead)
            {
                return RedriveEnd.AllSeen;
            }

            ThrowIfSilent(heardTimestamp);
        }

        return RedriveEnd.Cancelled;
    }

    private ConsumeResult<byte[], byte[]>? Consume()
    {
        try
        {
            return _consumer.Consume(PollTimeout);
        }
        catch (ConsumeException exception)
            when (ConsumeErrors.Pass(exception.Error) && exception.Error.Code != ErrorCode.UnknownTopicOrPart)
        {
            // Brokers that are away for a while, or a letter that took longer than the group waits.
            KafkaEventSource.Log.ConsumeFailed(exception.Error.ToString());
            return null;
        }
    }

    // True when that was the last that may be sent.
    private bool Take(ConsumeResult<byte[], byte[]> result, CancellationToken cancellationToken)
    {
        if (result.IsPartitionEOF)
        {
            _bounds.Ended(result.TopicPartition);
            return false;
        }

        if (_bounds.Includes(result.TopicPartitionOffset))
        {
            // 2.
            var letter = DeadLetter.Read(result);
            var verdict = _settings.Decide(letter);

            // 3. and 4. The thread is the run's own: waiting here starves nobody.
            HandleAsync(result, letter, verdict, cancellationToken).GetAwaiter().GetResult();
        }

        _bounds.Passed(result.TopicPartition, result.Offset.Value + 1);
        return _tally.Sent >= _settings.LettersMax;
    }

    private async Task HandleAsync(
        ConsumeResult<byte[], byte[]> result, DeadLetter letter, RedriveVerdict verdict, CancellationToken cancellationToken)
    {
        if (!_settings.DryRun)
        {
            if (verdict.Decision == RedriveDecision.Send)
            {
                await _pace.WaitAsync(cancellationToken).ConfigureAwait(false);
            }

            await SendAsync(result, letter, verdict).ConfigureAwait(false);
            _progress.Done(letter.Place);
        }

        _tally.Count(verdict);
        _settings.OnLetter?.Invoke(letter, verdict);
    }

    private async Task SendAsync(ConsumeResult<byte[], byte[]> result, DeadLetter letter, RedriveVerdict verdict)
    {
        using var scope = _consumer.StartProcess(result);
        try
        {
            if (verdict.Decision == RedriveDecision.Send)
            {
                await _sender.SendBackAsync(letter, verdict.Destination).ConfigureAwait(false);
                FailureMetrics.CountRedriven(_consumer.Tracing.Client, _settings.Topic, verdict.Destination);
            }
            else
            {
                await _sender.PutBackAsync(letter).ConfigureAwait(false);
            }

            Tell(scope.Activity, verdict);
        }
        catch (Exception exception)
        {
            scope.Fail(exception);
            throw;
        }
    }

    private static void Tell(Activity? process, in RedriveVerdict verdict)
    {
        if (process is { IsAllDataRequested: true })
        {
            process.SetTag(AttributeNames.ProcessOutcome, verdict.Decision == RedriveDecision.Send ? "redriven" : "put_back");
            process.SetTag(AttributeNames.FailureDestination, verdict.Destination);
        }
    }

    // These are called on this thread, within Consume or Close.
    private IEnumerable<TopicPartitionOffset> Assigned(List<TopicPartition> places) => _progress.ResumeAt(places);

    private void Revoked(List<TopicPartitionOffset> places)
    {
        _progress.TryCommit();
        Left(places);
    }

    private void Left(List<TopicPartitionOffset> places) => places.ForEach(place => _bounds.Left(place.TopicPartition));

    // A group that has given this member up takes it again when it polls.
    private void CommitAtLast()
    {
        var startTimestamp = _consumer.Tracing.Time.GetTimestamp();
        while (!_progress.TryCommit())
        {
            if (_consumer.Tracing.Time.GetElapsedTime(startTimestamp) >= _settings.AssignmentTimeout)
            {
                throw new TimeoutException(
                    $"Letters of {_settings.Topic} were sent, but the group {_settings.GroupId} could not remember the last of them "
                    + $"within {_settings.AssignmentTimeout}: another run may send them again.");
            }

            Consume();
        }
    }

    // On the way out with another exception, which must not be lost to this one.
    private void CommitAside() => Aside.Try(() =>
    {
        _progress.TryCommit();
        _consumer.Close();
    });

    private void ThrowIfSilent(long heardTimestamp)
    {
        if (_consumer.Tracing.Time.GetElapsedTime(heardTimestamp) >= _settings.AssignmentTimeout)
        {
            throw new TimeoutException(
                $"Nothing came from {_settings.Topic} for group {_settings.GroupId} within {_settings.AssignmentTimeout}: the brokers "
                + "cannot be reached, or another redrive is running.");
        }
    }

    private static List<KeyValuePair<string, string>> Replaced(
        IEnumerable<KeyValuePair<string, string>> config, RedriveSettings settings)
    {
        Dictionary<string, string> ours = new(StringComparer.Ordinal)
        {
            ["group.id"] = settings.GroupId,
            ["enable.auto.commit"] = "false",
            ["enable.auto.offset.store"] = "false",
            ["enable.partition.eof"] = "true",
            ["auto.offset.reset"] = "earliest",
        };
        return [.. config.Where(setting => !ours.ContainsKey(setting.Key)), .. ours];
    }
}
