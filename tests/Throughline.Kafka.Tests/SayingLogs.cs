using Microsoft.Extensions.Logging;

namespace Throughline.Kafka.Tests;

internal static class SayingLogs
{
    /// <summary>Logs a plain text.</summary>
    public static void Say(this ILogger log, string text) => log.Log(LogLevel.Information, default, text, null, static (said, _) => said);
}
