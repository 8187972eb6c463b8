using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Throughline.Kafka.Hosting.Internal;

/// <summary>Everything that hosted clients log.</summary>
internal static partial class HostingLog
{
    [LoggerMessage(1, LogLevel.Information, "Consuming {Topics} as a member of group {Group}")]
    internal static partial void Started(ILogger logger, string topics, string? group);

    [LoggerMessage(2, LogLevel.Information, "Left group {Group}: everything that was begun is finished and committed")]
    internal static partial void Left(ILogger logger, string? group);

    [LoggerMessage(3, LogLevel.Critical, "Consuming ended at {Place} by an error; the host is stopped")]
    internal static partial void EndedHostStops(ILogger logger, Exception failure, string place);

    [LoggerMessage(4, LogLevel.Error, "Consuming ended at {Place} by an error; it begins again there in {Pause}")]
    internal static partial void EndedRestarts(ILogger logger, Exception failure, string place, TimeSpan pause);

    [LoggerMessage(5, LogLevel.Error, "Consuming ended at {Place} by an error while the host was stopping")]
    internal static partial void EndedWhileStopping(ILogger logger, Exception failure, string place);

    [LoggerMessage(6, LogLevel.Warning, "Leaving group {Group} failed; its other members take over when this one's session is over")]
    internal static partial void LeavingFailed(ILogger logger, Exception failure, string? group);

    [LoggerMessage(7, LogLevel.Warning,
        "The host's time for stopping is over while records are still being handled; they come again. Processing:DrainTimeout is {DrainTimeout}: the host's ShutdownTimeout must be longer")]
    internal static partial void NotEndedInTime(ILogger logger, TimeSpan drainTimeout);

    [LoggerMessage(8, LogLevel.Error, "{Count} records (or reports of them) were not delivered within {Timeout} of the host's stop: they are lost")]
    internal static partial void NotDelivered(ILogger logger, int count, TimeSpan timeout);

    [LoggerMessage(9, LogLevel.Warning, "{Path} is configured, but no client of that name was added; it counts for clients made while the host runs")]
    internal static partial void Unused(ILogger logger, string path);

    [LoggerMessage(10, LogLevel.Critical, "The client has given up: {Code}: {Reason}")]
    internal static partial void FatalError(ILogger logger, ErrorCode code, string reason);

    [LoggerMessage(11, LogLevel.Warning, "{Code}: {Reason}")]
    internal static partial void ClientError(ILogger logger, ErrorCode code, string reason);

    [LoggerMessage(EventId = 12, Message = "{Facility}: {Line}")]
    internal static partial void ClientLine(ILogger logger, LogLevel level, string facility, string line);
}
