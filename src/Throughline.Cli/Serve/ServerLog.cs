using Microsoft.Extensions.Logging;

namespace Throughline.Cli.Serve;

/// <summary>The server's log on a terminal: a line each, warnings and worse.</summary>
internal sealed class ServerLog : ILoggerProvider
{
    private readonly Lock _writing = new();
    private readonly TextWriter _output;

    private ServerLog(TextWriter output) => _output = output;

    public static ILoggerFactory Create(TextWriter output) =>
        LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Warning).AddProvider(new ServerLog(output)));

    public ILogger CreateLogger(string categoryName) => new Line(this);

    public void Dispose()
    {
    }

    private void Write(LogLevel level, string message, Exception? exception)
    {
        lock (_writing)
        {
            _output.WriteLine(
                $"{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ} {(level >= LogLevel.Error ? "error" : "warning")}: {message}{(exception is null ? "" : $" ({exception.Message})")}");
        }
    }

    private sealed class Line(ServerLog log) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel is >= LogLevel.Warning and not LogLevel.None;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
            {
                log.Write(logLevel, formatter(state, exception), exception);
            }
        }
    }
}
