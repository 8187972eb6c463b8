using System.Diagnostics;
using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Throughline.Kafka.Hosting.Tests;

internal sealed partial class OrderHandler(ScopedUnit unit, ScopedUnit same, Handled handled, ILogger<OrderHandler> logger)
    : IRecordHandler<string, string>
{
    public async Task HandleAsync(ConsumeResult<string, string> record, CancellationToken cancellationToken)
    {
        Assert.Same(unit, same);
        LogHandling();
        await handled.Work(record.Message.Value, cancellationToken);
        handled.Records.Enqueue(new(record.Message.Value, unit.Scope, Activity.Current?.TraceId ?? default));
    }

    [LoggerMessage(1, LogLevel.Debug, "Handling")]
    private partial void LogHandling();
}
