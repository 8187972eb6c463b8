using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Failures;

/// <summary>
/// Sends a failed record on and waits until the brokers have it: with less about the failure where it is too large,
/// and again, with a bound, where the brokers do not answer.
/// </summary>
internal sealed class Forwarder(
    TracingProducer<byte[], byte[]> producer, FailureHeaders headers, RoutingSettings settings, TimeProvider time)
{
    private const int QuotedMax = 200;

    /// <exception cref="ForwardException">It could not be sent.</exception>
    /// <exception cref="OperationCanceledException">The cancellation came first; the record may have been sent.</exception>
    internal async Task<HeaderDetail> SendAsync(
        FailedRecord record, FailureRoute route, Exception failure, Activity? process, CancellationToken cancellationToken)
    {
        // Without them a dead letter would be a tombstone.
        var original = record.Original ?? throw new ForwardException(
            $"The original bytes of the record {record.Place}, which could not be processed, were not kept.", failure, sendFailure: null);
        var detail = HeaderDetail.All;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var message = MessageOf(original, headers.Of(record, route, failure, process, detail), detail);
                var result = await producer.ProduceAsync(route.Topic, message, cancellationToken).ConfigureAwait(false);
                ThrowUnlessAcknowledged(result, record, route, failure);
                return detail;
            }
            catch (ProduceException<byte[], byte[]> exception)
                when (exception.Error.Code == ErrorCode.MsgSizeTooLarge && detail != HeaderDetail.Nothing)
            {
                detail++;
                attempt--;
            }
            catch (Exception exception) when (!IsTheCallers(exception, cancellationToken))
            {
                if (attempt >= settings.SendAttemptsMax || !MayPass(exception))
                {
                    throw CannotSend(record, route, failure, exception);
                }

                await Task.Delay(settings.SendBackoff, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // Without anything left to take off, its trace headers may go too.
    private static Message<byte[], byte[]> MessageOf(in OriginalBytes original, Headers headers, HeaderDetail detail)
    {
        var message = detail == HeaderDetail.Nothing ? new Message<byte[], byte[]>() : new ForwardedRecord();
        message.Key = original.Key!;
        message.Value = original.Value!;
        message.Headers = headers;
        return message;
    }

    private static void ThrowUnlessAcknowledged(
        DeliveryResult<byte[], byte[]>? result, FailedRecord record, in FailureRoute route, Exception failure)
    {
        if (result?.Status != PersistenceStatus.Persisted)
        {
            throw new ForwardException(
                $"The producer of {nameof(FailureRouting)} did not say that {route.Topic} has the record {record.Place}, which "
                + "could not be processed. It must be built with acks other than 0 and with delivery reports "
                + "(dotnet.producer.enable.delivery.reports, dotnet.producer.delivery.report.fields with status).",
                failure,
                sendFailure: null);
        }
    }

    private static bool IsTheCallers(Exception exception, CancellationToken cancellationToken) =>
        exception is ForwardException || (exception is OperationCanceledException && cancellationToken.IsCancellationRequested);

    private static bool MayPass(Exception exception) =>
        exception is KafkaException { Error: { IsFatal: false, Code: not ErrorCode.MsgSizeTooLarge } };

    private static ForwardException CannotSend(FailedRecord record, in FailureRoute route, Exception failure, Exception exception) =>
        new(
            $"The record {record.Place} could not be processed ({FailureText.TypeOf(failure)}: {Cut(FailureText.MessageOf(failure))}) "
            + $"and not be sent to {route.Topic}: {(exception as KafkaException)?.Error.Reason ?? exception.Message}",
            failure,
            exception);

    private static string Cut(string text) => text.Length <= QuotedMax ? text : text[..QuotedMax] + "…";
}
