using Microsoft.Extensions.Logging;

namespace Throughline.Kafka.Hosting.Tests;

internal sealed record LogLine(string Category, LogLevel Level, string Text, Exception? Exception, IReadOnlyDictionary<string, object?> Fields);
