using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Throughline.Kafka.Hosting.Internal.Clients;

/// <summary>What a client says of itself: logged, and kept as far as its health depends on it.</summary>
internal sealed class ClientReport(ILogger logger)
{
    private static readonly TimeSpan ProbeTimeout = TimeSpan.FromSeconds(2);

    private volatile Error? _fatal;
    private volatile bool _sawNoBroker;
    private volatile bool _hasJoined;

    /// <summary>The error after which the client does nothing any more.</summary>
    internal Error? Fatal => _fatal;

    /// <summary>A consumer's group has given it partitions, or none, once at least.</summary>
    internal bool HasJoined => _hasJoined;

    internal void Joined() => _hasJoined = true;

    internal void Note(Error error)
    {
        _sawNoBroker |= error.Code == ErrorCode.Local_AllBrokersDown;
        if (error.IsFatal)
        {
            _fatal = error;
            HostingLog.FatalError(logger, error.Code, error.Reason);
        }
        else
        {
            HostingLog.ClientError(logger, error.Code, error.Reason);
        }
    }

    internal void Log(LogMessage line)
    {
        var level = (LogLevel)line.LevelAs(LogLevelType.MicrosoftExtensionsLogging);
        HostingLog.ClientLine(logger, level, line.Facility, line.Message);
    }

    /// <summary>
    /// No broker can be reached. A client says when it has lost the last one, but not when it is back; so then, and only then,
    /// one is asked, over the client's own connections.
    /// </summary>
    internal bool AreBrokersAway(Handle handle)
    {
        if (!_sawNoBroker)
        {
            return false;
        }

        try
        {
            using var admin = new DependentAdminClientBuilder(handle).Build();
            admin.GetMetadata(ProbeTimeout);
            _sawNoBroker = false;
        }
        catch (KafkaException)
        {
            // Still away.
        }

        return _sawNoBroker;
    }
}
