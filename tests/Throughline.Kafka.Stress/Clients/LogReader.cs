using Microsoft.Extensions.Logging;

namespace Throughline.Kafka.Stress.Clients;

/// <summary>A log provider that writes nothing, and tells which record a log written here and now would be about.</summary>
internal sealed class LogReader : ILoggerProvider, ISupportExternalScope, ILogger
{
    private IExternalScopeProvider _scopes = new LoggerExternalScopeProvider();

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public ILogger CreateLogger(string categoryName) => this;

    public bool IsEnabled(LogLevel logLevel) => true;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
    }

    /// <summary>The offsets that all scopes around the caller tell, outermost first: one at most.</summary>
    public string Offsets()
    {
        var offsets = new List<object?>();
        _scopes.ForEachScope(
            static (scope, into) =>
            {
                if (scope is IReadOnlyList<KeyValuePair<string, object?>> pairs)
                {
                    into.AddRange(pairs.Where(pair => pair.Key == "messaging.kafka.offset").Select(pair => pair.Value));
                }
            },
            offsets);
        return string.Join(',', offsets);
    }

    public void Dispose()
    {
    }
}
