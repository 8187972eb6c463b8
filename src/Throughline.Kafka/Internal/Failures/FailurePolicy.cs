using System.Diagnostics;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Failures;

/// <summary>What one processing run does about failures: attempts in place, then routes. Either may be absent.</summary>
internal sealed class FailurePolicy
{
    private readonly FailureRouter? _router;

    private FailurePolicy(Attempts? attempts, FailureRouter? router)
    {
        Attempts = attempts;
        _router = router;
    }

    /// <summary><see langword="null"/> for one attempt.</summary>
    internal Attempts? Attempts { get; }

    internal bool KeepsOriginals => _router is not null;

    /// <exception cref="ArgumentException">An option is not allowed; the message names it.</exception>
    /// <exception cref="InvalidOperationException">Records are to be sent on, and the consumer does not keep their original bytes.</exception>
    internal static FailurePolicy Of<TKey, TValue>(ProcessingOptions? options, TracingConsumer<TKey, TValue> consumer)
    {
        var attempts = options?.Retry is { } retry ? new Attempts(RetrySettings.Of(retry), consumer.Tracing) : null;
        if (options?.Failures is not { } routing)
        {
            return new(attempts, router: null);
        }

        if (consumer.Originals is null)
        {
            throw new InvalidOperationException(
                $"{nameof(ProcessingOptions)}.{nameof(ProcessingOptions.Failures)} is set, but this consumer does not keep the original "
                + "bytes of its records. Allowed: null, or a consumer that was built with TracingConsumerBuilder.BuildForProcessing().");
        }

        return new(attempts, new FailureRouter(routing, consumer.Tracing));
    }

    internal DateTimeOffset? DueOf(string topic, Headers? headers) => _router?.DueOf(topic, headers);

    /// <inheritdoc cref="FailureRouter.TryRouteAsync"/>
    internal Task<bool> TryRouteAsync(FailedRecord record, Exception failure, Activity? process, CancellationToken cancellationToken) =>
        _router is null ? Task.FromResult(false) : _router.TryRouteAsync(record, failure, process, cancellationToken);
}
