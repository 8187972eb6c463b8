using System.Text.RegularExpressions;
using FsCheck.Fluent;
using Microsoft.AspNetCore.Routing;
using Throughline.Server.Internal.Access;
using Throughline.Server.Internal.Api;

namespace Throughline.Server.Tests.Api;

/// <summary>Whatever is asked, of whatever API: there is an answer, or a refusal that says why; never a fault of the server.</summary>
public sealed partial class HostileRequestTests
{
    private const int RequestsPerRoute = 20;
    private const int ValuesMax = 1_500;

    /// <summary>Kestrel refuses longer lines itself.</summary>
    private const int LengthMax = 4_000;

    private static readonly string[] OfOtherTools =
    [
        "q", "tags", "minDuration", "maxDuration", "limit", "spss", "start", "end", "scope", "service", "operation", "spanKind", "lookback", "tag",
        "traceID", "query.service_name", "query.start_time_min", "query.start_time_max", "query.num_traces", "query.attributes", "serviceName",
        "spanName", "annotationQuery", "endTs", "traceIds", "key",
    ];

    private static readonly string[] Values =
    [
        "", "0", "-1", "1", "9223372036854775807", "99999999999999999999", "NaN", "1e400", "-9999999d", "now", "2026-11-21T10:00:00Z",
        "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "500ms", "{", "{}", "{ .a = 1 }", "[]", "null", "{\"a\":{}}", "a=b", "a:b", "=", ":",
        "ff", Samples.Order, "group", "error", "\0", "é", "../..", "%2F", "' or 1=1 --", "resource.service.version", "(((((", "tenMinutes", "produced",
    ];

    [Fact]
    public async Task Nothing_that_is_asked_is_a_fault()
    {
        await using var server = await QueryServer.StartWithSamplesAsync(
            new QueryOptions { QueriesPerSecondMax = 1_000_000, SearchTimeMax = TimeSpan.FromSeconds(5) });
        server.AnalyseSomething();
        var values = Gen.OneOf(Gen.Elements(Values), Query.Queries.Texts.Generator)
            .Sample(ValuesMax, 40)
            .Select(v => Uri.EscapeDataString(WithoutHalves(v)))
            .ToArray();
        var own = ApiRoutes.All(server.Services).ToDictionary(
            r => ApiRoutes.Prefix + r.Path, r => r.Parameters.Where(p => !p.IsInPath).Select(p => p.Name).ToArray());
        var next = 0;
        string Next() => values[next++ % values.Length];
        foreach (var route in server.Endpoints.Endpoints.OfType<RouteEndpoint>().Select(e => e.RoutePattern.RawText!).Distinct())
        {
            var names = own.GetValueOrDefault(route) ?? OfOtherTools;
            for (var i = 0; i < RequestsPerRoute; i++)
            {
                var path = PathParameter().Replace(route, _ => Next());
                var count = names.Length == 0 ? 0 : next % 4;
                var query = string.Join('&', Enumerable.Range(0, count).Select(n => $"{names[(next + (7 * n)) % names.Length]}={Next()}"));
                if (path.Length + query.Length < LengthMax)
                {
                    var (status, _, text) = await server.AskAsync($"{path}?{query}");
                    Assert.True((int)status is < 500 or 504, $"{path}?{query} answered {status}: {text}");
                }
            }
        }
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex PathParameter();

    private static string WithoutHalves(string text) => string.Concat(text.Where(c => !char.IsSurrogate(c)));
}
