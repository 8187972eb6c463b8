using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Throughline.Kafka.Hosting.Internal.Clients;

/// <summary>Closes consumers, so that their group goes on without them at once.</summary>
internal static class ConsumerEnd
{
    internal static void CloseAndDispose<TKey, TValue>(IConsumer<TKey, TValue> consumer, ILogger logger)
    {
        try
        {
            consumer.Close();
        }
        catch (ObjectDisposedException)
        {
            return;
        }
        catch (Exception exception)
        {
            HostingLog.LeavingFailed(logger, exception, null);
        }

        consumer.Dispose();
    }
}
