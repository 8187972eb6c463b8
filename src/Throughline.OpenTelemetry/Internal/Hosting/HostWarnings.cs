using Microsoft.Extensions.Logging;

namespace Throughline.OpenTelemetry.Internal.Hosting;

/// <summary>Warnings of a hosted program go where its other logs go.</summary>
internal static partial class HostWarnings
{
    public static Action<string> To(ILoggerFactory loggers)
    {
        var logger = loggers.CreateLogger("Throughline.OpenTelemetry");
        return line => Warn(logger, line);
    }

    [LoggerMessage(EventId = 1, Level = LogLevel.Warning, Message = "{Line}")]
    private static partial void Warn(ILogger logger, string line);
}
