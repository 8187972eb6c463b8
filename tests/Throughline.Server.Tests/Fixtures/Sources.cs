using System.Collections.Concurrent;
using Throughline.Server.Internal.Spans;

namespace Throughline.Server.Tests.Fixtures;

/// <summary>Spans of one source share one object, as the decoder makes it.</summary>
internal static class Sources
{
    private static readonly ConcurrentDictionary<(string, string, string?), SpanSource> Known = new();

    public static SpanSource Of(string service, string scope, string? environment) => Known.GetOrAdd(
        (service, scope, environment),
        static key => new SpanSource
        {
            Service = key.Item1,
            ScopeName = key.Item2,
            Environment = key.Item3,
            ResourceBytes = default,
            ScopeBytes = default,
        });
}
