using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal.Logs;

/// <summary>Opens the logging scopes of one client's records.</summary>
internal sealed class LogScopes
{
    private readonly ILoggerFactory _factory;
    private readonly ILogger _logger;
    private readonly string? _group;
    private readonly bool _traceIds;

    private LogScopes(ILoggerFactory factory, string? group, bool traceIds)
    {
        _factory = factory;
        _logger = factory.CreateLogger(KafkaInstrumentation.ActivitySourceName);
        _group = group;
        _traceIds = traceIds;
    }

    internal static LogScopes? Of(KafkaTracingOptions options, string? group) =>
        options.LoggerFactory is { } factory ? new(factory, group, options.LogTraceIds) : null;

    /// <summary>Opens one that closes with <paramref name="ambient"/>. Nothing where nobody logs; never throws.</summary>
    internal void Open(AmbientScope ambient, Activity? activity, in ProcessedRecords records)
    {
        try
        {
            // The highest level there is: if not that, none.
            if (_logger.IsEnabled(LogLevel.Critical))
            {
                var fields = new LogFields(records, _group, _traceIds);
                var scope = new LogScope(_factory, fields, activity, LogScope.Innermost(ambient.Enclosing, _factory));

                // Before it is opened: a provider may read it then.
                ambient.Accompany(scope);
                scope.OpenOn(_logger);
            }
        }
        catch (Exception exception)
        {
            Faults.Contain("log.scope", exception);
        }
    }
}
