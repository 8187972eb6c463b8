using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Throughline.Kafka.Tests;

/// <summary>A log provider that keeps what the scopes around each log said when it was written.</summary>
internal sealed class ScopeReader : ILoggerProvider, ISupportExternalScope
{
    private readonly ConcurrentDictionary<string, ReadScopes> _logs = new();
    private IExternalScopeProvider? _scopes;

    public ReadScopes this[string message] => _logs[message];

    public ILogger CreateLogger(string categoryName) => new Reader(this);

    public void SetScopeProvider(IExternalScopeProvider scopeProvider) => _scopes = scopeProvider;

    public void Dispose()
    {
    }

    internal sealed class ReadScopes
    {
        public List<(string Name, object? Value)> Pairs { get; } = [];

        /// <summary>What consoles print of each scope that says anything.</summary>
        public List<string> Texts { get; } = [];

        public IEnumerable<object?> Of(string name) => Pairs.Where(pair => pair.Name == name).Select(pair => pair.Value);
    }

    private sealed class Reader(ScopeReader owner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var read = new ReadScopes();
            owner._scopes?.ForEachScope(
                static (scope, into) =>
                {
                    if (scope?.ToString() is { Length: > 0 } text)
                    {
                        into.Texts.Add(text);
                    }

                    if (scope is IReadOnlyList<KeyValuePair<string, object?>> pairs)
                    {
                        for (var i = 0; i < pairs.Count; i++)
                        {
                            into.Pairs.Add((pairs[i].Key, pairs[i].Value));
                        }
                    }
                },
                read);
            owner._logs[formatter(state, exception)] = read;
        }
    }
}
