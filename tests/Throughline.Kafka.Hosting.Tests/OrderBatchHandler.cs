using System.Diagnostics;

namespace Throughline.Kafka.Hosting.Tests;

internal sealed class OrderBatchHandler(ScopedUnit unit, Handled handled) : IBatchHandler<string, string>
{
    public Task HandleAsync(RecordBatch<string, string> batch, CancellationToken cancellationToken)
    {
        foreach (var record in batch)
        {
            handled.Records.Enqueue(new(record.Message.Value, unit.Scope, Activity.Current?.TraceId ?? default));
        }

        return Task.CompletedTask;
    }
}
