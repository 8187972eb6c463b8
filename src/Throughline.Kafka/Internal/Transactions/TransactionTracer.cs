using System.Diagnostics;
using Confluent.Kafka;
using Throughline.Kafka.Internal.Metrics;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal.Transactions;

/// <summary>
/// A producer's transactions: which one is open, and a span for each call that settles something in it. What the calls
/// throw is the caller's.
/// </summary>
internal sealed class TransactionTracer(Tracing tracing, string? transactionalId)
{
    // Made with the first transaction: most producers have none.
    private SpanShapes? _commits;
    private SpanShapes? _aborts;
    private SpanShapes? _offsets;
    private volatile Transaction? _open;
    private long _begun;

    /// <summary>The transaction that sends belong to now; <see langword="null"/> outside of one.</summary>
    internal Transaction? Open => _open;

    /// <summary>Whether <c>InitTransactions</c> has been called through this producer, and has succeeded.</summary>
    internal bool IsInitialised { get; private set; }

    internal void Initialised() => IsInitialised = true;

    internal void Begun() =>
        _open = new Transaction(transactionalId, Interlocked.Increment(ref _begun), tracing.BatchLinksMax);

    // Until it has succeeded the transaction stays open: the same call may be repeated, or abort called.
    internal void Commit(Action commit)
    {
        var shapes = _commits ??= new(Operation.CommitTransaction, tracing.Client);
        Run(shapes, shapes.WithoutTopic, commit, endsIt: true);
        _open = null;
    }

    internal void Abort(Action abort)
    {
        var shapes = _aborts ??= new(Operation.AbortTransaction, tracing.Client);
        Run(shapes, shapes.WithoutTopic, abort, endsIt: true);
        _open = null;
    }

    internal void SendOffsets(IReadOnlyCollection<TopicPartitionOffset>? offsets, IConsumerGroupMetadata? group, Action send)
    {
        var shapes = OffsetShapes(GroupNames.Of(group));
        Run(
            shapes,
            () => CommitTracer.ShapeOf(shapes, () => offsets?.Select(offset => offset.TopicPartition).ToList()),
            send,
            endsIt: false);
    }

    private void Run(SpanShapes shapes, Func<SpanShape> shapeOf, Action call, bool endsIt)
    {
        var isTold = tracing.CommitSpans && Telemetry.Spans.HasListeners();
        if (!isTold && !Telemetry.OperationDuration.Enabled)
        {
            call();
            return;
        }

        var startTimestamp = tracing.Time.GetTimestamp();
        var shape = shapeOf();
        MeasuringFlow flow = default;
        var span = isTold ? Start(shapes.Operation, shape, endsIt, out flow) : null;
        Exception? failure = null;
        try
        {
            call();
        }
        catch (Exception exception)
        {
            failure = exception;
            throw;
        }
        finally
        {
            CommitTracer.End(shapes, tracing.Time, span, flow, shape, startTimestamp, failure);
        }
    }

    private Activity? Start(Operation operation, SpanShape shape, bool endsIt, out MeasuringFlow flow)
    {
        var transaction = _open;
        var own = transaction?.ShapeOf(shape) ?? shape;
        var links = endsIt ? transaction?.Links() : null;
        var span = AsideSpan.Start(operation, own, AmbientContext.NearestRunning(Activity.Current), links, null, out flow);
        if (endsIt)
        {
            transaction?.TellSends(span);
        }
        else
        {
            span?.AddTag(AttributeNames.CommitTrigger, "transaction");
        }

        return span;
    }

    // A producer sends the offsets of one group, as a rule: of another one, the shapes are made anew.
    private SpanShapes OffsetShapes(string? group)
    {
        if (_offsets is not { } shapes || shapes.Client.Group != group)
        {
            _offsets = shapes = new(Operation.Commit, tracing.Client.InGroup(group));
        }

        return shapes;
    }
}
