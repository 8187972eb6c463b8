using Confluent.Kafka;
using NSubstitute;

namespace Throughline.Kafka.Tests.Transactions;

/// <summary>What a transactional loop makes of the clients' errors, and of being told of rebalances.</summary>
public sealed class TransactionalLoopTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TopicPartition Place = new("t", 0);

    private readonly IConsumer<string, string> _source = Substitute.For<IConsumer<string, string>>();
    private readonly IProducer<string, string> _target = Substitute.For<IProducer<string, string>>();
    private readonly TracingConsumer<string, string> _consumer;
    private readonly TracingProducer<string, string> _producer;
    private readonly CancellationTokenSource _stop = new(Patience);
    private readonly List<long> _handled = [];

    public TransactionalLoopTests()
    {
        _consumer = _source.WithTracing(new() { GroupId = "g" });
        _producer = _target.WithTracing(new() { TransactionalId = "txn" });
        _source.Assignment.Returns([Place]);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _consumer.Dispose();
        _producer.Dispose();
    }

    [Fact]
    public async Task Step_that_may_be_repeated_is_repeated()
    {
        Records(7);
        _target.When(client => client.CommitTransaction(Arg.Any<TimeSpan>())).Do(FirstThrows(new KafkaRetriableException(new Error(ErrorCode.Local_TimedOut))));
        await RunAsync(stopAfter: 1);
        _target.Received(2).CommitTransaction(Arg.Any<TimeSpan>());
        _target.Received(1).SendOffsetsToTransaction(
            Arg.Is<IEnumerable<TopicPartitionOffset>>(offsets => offsets.Single() == new TopicPartitionOffset(Place, 8)),
            Arg.Any<IConsumerGroupMetadata>(),
            Arg.Any<TimeSpan>());
        _target.DidNotReceive().AbortTransaction(Arg.Any<TimeSpan>());
    }

    [Fact]
    public async Task Commit_that_asks_for_an_abort_gets_it_and_the_records_come_again()
    {
        Records(7, 7);
        _target.When(client => client.CommitTransaction(Arg.Any<TimeSpan>()))
            .Do(FirstThrows(new KafkaTxnRequiresAbortException(new Error(ErrorCode.InvalidProducerIdMapping))));
        await RunAsync(stopAfter: 2);
        Assert.Equal([7L, 7L], _handled);
        Received.InOrder(() =>
        {
            _target.InitTransactions(Arg.Any<TimeSpan>());
            _target.BeginTransaction();
            _target.CommitTransaction(Arg.Any<TimeSpan>());
            _target.AbortTransaction(Arg.Any<TimeSpan>());
            _source.Seek(new TopicPartitionOffset(Place, 7));
            _target.BeginTransaction();
            _target.CommitTransaction(Arg.Any<TimeSpan>());
        });
    }

    [Fact]
    public async Task Fatal_error_is_not_answered_by_an_abort_and_the_consumer_goes_to_what_is_committed()
    {
        Records(7);
        var fenced = new KafkaException(new Error(ErrorCode.Local_Fenced, "fenced", isFatal: true));
        _target.When(client => client.CommitTransaction(Arg.Any<TimeSpan>())).Throw(fenced);
        _source.Committed(Arg.Any<IEnumerable<TopicPartition>>(), Arg.Any<TimeSpan>()).Returns([new(Place, 5)]);
        Assert.Same(fenced, await Assert.ThrowsAsync<KafkaException>(() => RunAsync()));
        _target.DidNotReceive().AbortTransaction(Arg.Any<TimeSpan>());
        _source.Received(1).Seek(new TopicPartitionOffset(Place, 5));
    }

    [Fact]
    public async Task Abort_does_not_overtake_sends_that_are_on_their_way()
    {
        Records(7, 7);
        var failed = false;
        await _consumer.ProcessTransactionsAsync(
            _producer,
            (_, _) =>
            {
                (var again, failed) = (failed, true);
                return again ? _stop.CancelAsync() : throw new FormatException();
            },
            new() { RetryDelay = TimeSpan.Zero },
            _stop.Token).WaitAsync(Patience);
        Received.InOrder(() =>
        {
            _target.Flush(Arg.Any<TimeSpan>());
            _target.AbortTransaction(Arg.Any<TimeSpan>());
        });
    }

    [Fact]
    public async Task Failed_abort_is_thrown_beside_what_it_was_for()
    {
        Records(7);
        var refused = new KafkaException(ErrorCode.Local_Fatal);
        _target.When(client => client.AbortTransaction(Arg.Any<TimeSpan>())).Throw(refused);
        var both = await Assert.ThrowsAsync<AggregateException>(() => RunAsync(failOn: 7));
        Assert.Equal(typeof(FormatException), both.InnerExceptions[0].GetType());
        Assert.Same(refused, both.InnerExceptions[1]);
    }

    [Fact]
    public async Task Revoked_partition_is_committed_before_it_is_given_away()
    {
        var committedWithin = false;
        Records(
            _ => Result(7),
            _ =>
            {
                _consumer.AssignmentListener!.Revoked([Place]);
                committedWithin = _target.ReceivedCalls().Any(call => call.GetMethodInfo().Name == nameof(_target.CommitTransaction));
                _stop.Cancel();
                return null!;
            });
        await RunAsync(openTimeMax: Patience);
        Assert.True(committedWithin);
        _target.Received(1).CommitTransaction(Arg.Any<TimeSpan>());
    }

    [Fact]
    public async Task Lost_partition_is_aborted_and_never_committed()
    {
        Records(
            _ => Result(7),
            _ =>
            {
                _consumer.AssignmentListener!.Lost([Place]);
                _source.Assignment.Returns([]);
                return null!;
            },
            _ =>
            {
                _stop.Cancel();
                return null!;
            });
        await RunAsync(openTimeMax: Patience, attemptsMax: 1);
        _target.Received(1).AbortTransaction(Arg.Any<TimeSpan>());
        _target.DidNotReceive().CommitTransaction(Arg.Any<TimeSpan>());
        _source.DidNotReceive().Seek(Arg.Any<TopicPartitionOffset>());
    }

    [Fact]
    public async Task Offsets_go_with_the_generation_that_the_records_came_in()
    {
        var (old, current) = (Substitute.For<IConsumerGroupMetadata>(), Substitute.For<IConsumerGroupMetadata>());
        _source.ConsumerGroupMetadata.Returns(old);
        Records(
            _ => Result(7),
            _ =>
            {
                // Nobody tells of the rebalance; the broker will refuse the old generation.
                _source.ConsumerGroupMetadata.Returns(current);
                _stop.Cancel();
                return null!;
            });
        await RunAsync(openTimeMax: Patience);
        _target.Received(1).SendOffsetsToTransaction(Arg.Any<IEnumerable<TopicPartitionOffset>>(), old, Arg.Any<TimeSpan>());
    }

    [Fact]
    public async Task Record_that_cannot_be_read_holds_up_none_before_it_and_is_not_passed_over()
    {
        var unread = new ConsumeException(
            new ConsumeResult<byte[], byte[]> { TopicPartitionOffset = new(Place, 8) }, new Error(ErrorCode.Local_ValueDeserialization));
        Records(_ => Result(7), _ => throw unread);
        Assert.Same(unread, await Assert.ThrowsAsync<ConsumeException>(() => RunAsync(openTimeMax: Patience)));
        _target.Received(1).CommitTransaction(Arg.Any<TimeSpan>());
        _source.Received(1).Seek(new TopicPartitionOffset(Place, 8));
    }

    [Fact]
    public void Loop_refuses_a_client_that_commits_by_itself_and_a_second_loop()
    {
        var config = new ConsumerConfig { BootstrapServers = "127.0.0.1:1", GroupId = "g", ReconnectBackoffMs = 10_000 };
        using var consumer = new TracingConsumerBuilder<string, string>(config).SetLogHandler((_, _) => { }).Build();
        var refused = Assert.Throws<InvalidOperationException>(
            () => { _ = consumer.ProcessTransactionsAsync(_producer, (_, _) => Task.CompletedTask); });
        Assert.Contains("enable.auto.commit", refused.Message, StringComparison.Ordinal);
        Assert.Contains("BuildForProcessing", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(TransactionOptions.RecordsMax))]
    [InlineData(nameof(TransactionOptions.OpenTimeMax))]
    [InlineData(nameof(TransactionOptions.AttemptsMax))]
    [InlineData(nameof(TransactionOptions.RetryDelay))]
    [InlineData(nameof(TransactionOptions.CallTimeout))]
    public void Wrong_option_is_named(string option)
    {
        var options = new TransactionOptions();
        var property = typeof(TransactionOptions).GetProperty(option)!;
        property.SetValue(options, property.PropertyType == typeof(int) ? 0 : TimeSpan.FromDays(1));
        var refused = Assert.Throws<ArgumentException>(
            () => { _ = _consumer.ProcessTransactionsAsync(_producer, (_, _) => Task.CompletedTask, options); });
        Assert.StartsWith(option, refused.Message, StringComparison.Ordinal);
        Assert.Contains("allowed", refused.Message, StringComparison.Ordinal);
    }

    private static ConsumeResult<string, string> Result(long offset) =>
        new() { Topic = Place.Topic, Partition = Place.Partition, Offset = offset, Message = new() { Value = "v" } };

    private static Action<NSubstitute.Core.CallInfo> FirstThrows(Exception exception)
    {
        var thrown = false;
        return _ =>
        {
            if (!thrown)
            {
                thrown = true;
                throw exception;
            }
        };
    }

    private void Records(params long[] offsets) =>
        Records([.. offsets.Select<long, Func<NSubstitute.Core.CallInfo, ConsumeResult<string, string>>>(offset => _ => Result(offset))]);

    private void Records(params Func<NSubstitute.Core.CallInfo, ConsumeResult<string, string>>[] turns) =>
        _source.Consume(Arg.Any<TimeSpan>()).Returns(turns[0], [.. turns.Skip(1), _ => null!]);

    private Task RunAsync(int stopAfter = 0, long failOn = -1, TimeSpan? openTimeMax = null, int attemptsMax = 5) =>
        _consumer.ProcessTransactionsAsync(
            _producer,
            (record, _) =>
            {
                _handled.Add(record.Offset);
                if (record.Offset == failOn)
                {
                    throw new FormatException();
                }

                return _handled.Count == stopAfter ? _stop.CancelAsync() : Task.CompletedTask;
            },
            new() { RecordsMax = openTimeMax is null ? 1 : 100, OpenTimeMax = openTimeMax ?? Patience, AttemptsMax = attemptsMax, RetryDelay = TimeSpan.Zero },
            _stop.Token).WaitAsync(Patience);
}
