using Confluent.Kafka;

namespace Throughline.Kafka.Internal;

/// <summary>Says something where a client's own warnings go: to the user's log handler, else to stderr as librdkafka does.</summary>
internal static class ClientLog
{
    internal static void Warn<TClient>(TClient client, Action<TClient, LogMessage>? handler, string warning)
        where TClient : IClient
    {
        try
        {
            var message = new LogMessage(client.Name, SyslogLevel.Warning, "THROUGHLINE", warning);
            if (handler is not null)
            {
                handler(client, message);
            }
            else
            {
                Console.Error.WriteLine($"%4|{message.Facility}|{message.Name}| {message.Message}");
            }
        }
        catch (Exception exception)
        {
            Faults.Contain("hook.log", exception);
        }
    }
}
