using Throughline.Kafka.Internal.Failures;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal.Processing;

/// <summary>
/// A record of a batch that failed: sent on where there is a way, from a process span of its own, in its own trace: the
/// one that the handler opened, else one that tells of the failure only.
/// </summary>
internal sealed class FailedInBatch<TKey, TValue>(TracingConsumer<TKey, TValue> consumer, FailurePolicy failures)
{
    /// <summary>Never throws: says on the record how it ended.</summary>
    /// <param name="record">The record.</param>
    /// <param name="own">Why it failed.</param>
    /// <param name="batchs">What ends the loop if the record cannot be sent on.</param>
    /// <param name="attempts">How often its handler was called.</param>
    /// <param name="handled">The batch it was in; <see langword="null"/> where no handler has seen it.</param>
    internal async Task ConcludeAsync(
        PendingRecord<TKey, TValue> record, Exception own, Exception batchs, int attempts, RecordBatch<TKey, TValue>? handled)
    {
        if (!failures.KeepsOriginals && handled is not null)
        {
            record.Fail(batchs);
            return;
        }

        try
        {
            if (await TrySendOnAsync(record, own, attempts, handled).ConfigureAwait(false))
            {
                record.Finish();
            }
            else
            {
                record.Fail(batchs);
            }
        }
        catch (OperationCanceledException) when (record.Partition.Token.IsCancellationRequested)
        {
            // It was told to give up: the record comes again.
        }
        catch (Exception exception)
        {
            // It could not be sent on.
            record.Fail(exception);
        }
    }

    private async Task<bool> TrySendOnAsync(
        PendingRecord<TKey, TValue> record, Exception own, int attempts, RecordBatch<TKey, TValue>? handled)
    {
        var failed = FailedRecord.Of(record.Result, record.Original, attempts);
        if (handled?.SpanOf(record.Result) is { } span)
        {
            // It has ended: what is sent is its child all the same.
            using var under = ForwardedActivity.Start(span.DisplayName, span.Context);
            return await failures.TryRouteAsync(failed, own, under, record.Partition.Token).ConfigureAwait(false);
        }

        using var scope = record.Result is UnreadableResult<TKey, TValue> unreadable
            ? consumer.StartUnreadable(unreadable.Raw)
            : consumer.StartProcess(record.Result);
        scope.Fail(own, FailureText.MessageOf(own));
        return await failures.TryRouteAsync(failed, own, scope.Activity, record.Partition.Token).ConfigureAwait(false);
    }
}
