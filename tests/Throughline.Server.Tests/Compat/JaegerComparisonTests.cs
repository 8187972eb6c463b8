using System.Text.Json.Nodes;
using Throughline.Server.Internal;
using Throughline.Server.Tests.Api;

namespace Throughline.Server.Tests.Compat;

/// <summary>A real Jaeger and this server, given the same spans, are asked the same.</summary>
public sealed class JaegerComparisonTests(JaegerPair pair) : IClassFixture<JaegerPair>
{
    private static readonly string Times = $"start={(JaegerPair.EpochUnixNs / 1000) - 1}&end={(JaegerPair.EpochUnixNs / 1000) + 60_000_000}";

    private static readonly string TimesV3 = string.Join('&', [
        $"query.start_time_min={UnixTime.Rfc3339(JaegerPair.EpochUnixNs - 1000)}",
        $"query.start_time_max={UnixTime.Rfc3339(JaegerPair.EpochUnixNs + 60_000_000_000)}",
        "query.num_traces=10",
    ]);

    [Fact]
    public async Task Answers_are_the_same()
    {
        Assert.SkipWhen(pair.Jaeger is null, "there is no Jaeger");
        foreach (var path in (string[])
                 [
                     "api/services", "api/services/shop/operations", "api/services/nobody/operations", "api/operations?service=shop",
                     "api/operations?service=shop&spanKind=producer", "api/operations?service=odd", "api/operations", "api/traces",
                     $"api/traces/{Samples.Order}", $"api/traces/{Samples.Billing}", "api/traces/ab", "api/traces/abc?raw=true", "api/traces/ff",
                     $"api/traces?service=mailer&{Times}", $"api/traces?service=shop&operation=send%20orders&{Times}",
                     $"api/traces?service=mailer&minDuration=500ms&maxDuration=1s&{Times}", $"api/traces?service=mailer&minDuration=1s&{Times}",
                     $"api/traces?service=nobody&{Times}", $"api/traces?service=shop&limit=1&{Times}",
                     $"api/traces?service=billing&tags=%7B%22db.system.name%22%3A%22postgresql%22%7D&{Times}",
                     $"api/traces?service=billing&tag=messaging.kafka.offset:4711&{Times}", $"api/traces?service=shop&tag=nothing:here&{Times}",
                     $"api/dependencies?endTs={(JaegerPair.EpochUnixNs / 1_000_000) + 60_000}&lookback=120000",
                     $"api/v3/traces/{Samples.Billing}", "api/v3/traces/ff", "api/v3/services", "api/v3/operations?service=shop",
                     "api/v3/operations?service=odd&span_kind=internal", "api/v3/operations", "api/v3/traces",
                     $"api/v3/traces?query.service_name=mailer&{TimesV3}", $"api/v3/traces?query.service_name=nobody&{TimesV3}",
                     $"api/v3/traces?query.service_name=billing&query.operation_name=INSERT%20invoices&{TimesV3}",
                 ])
        {
            var (theirStatus, theirs) = await AskAsync(new Uri(pair.Jaeger.Query, path));
            var (ourStatus, ours) = await AskAsync(new Uri(pair.Server.Client.BaseAddress!, "jaeger/" + path));
            Assert.True(theirStatus == ourStatus, $"{path}: Jaeger answers {theirStatus}, this server {ourStatus}: {ours}");
            Assert.True(Form(theirs) == Form(ours), $"{path}\nJaeger: {Form(theirs)}\nours: {Form(ours)}");
        }
    }

    [Theory]
    [InlineData("api/traces?service=shop&limit=x")]
    [InlineData("api/traces?service=shop&minDuration=x")]
    [InlineData("api/traces?service=shop&minDuration=2s&maxDuration=1s")]
    [InlineData("api/traces?service=shop&tags=x")]
    [InlineData("api/traces?service=shop&tag=x")]
    [InlineData("api/traces?service=shop&start=x")]
    [InlineData("api/traces/zz")]
    [InlineData("api/v3/traces/zz")]
    [InlineData("api/v3/traces?query.start_time_min=x&query.start_time_max=y")]
    public async Task What_Jaeger_refuses_is_refused_in_its_form(string path)
    {
        var (status, text) = await AskAsync(new Uri(pair.Server.Client.BaseAddress!, "jaeger/" + path));
        Assert.Equal(400, status);
        Assert.Contains(path.StartsWith("api/v3", StringComparison.Ordinal) ? "\"httpCode\":400" : "\"errors\":[{\"code\":400,\"msg\":", text, StringComparison.Ordinal);
        if (pair.Jaeger is not null)
        {
            Assert.Equal(400, (await AskAsync(new Uri(pair.Jaeger.Query, path))).Status);
        }
    }

    /// <summary>
    /// Without warnings (Jaeger notes there what it adjusted) and process ids (each counts its own); of the third API, each
    /// span beside its resource, since servers group them as they like.
    /// </summary>
    private static string Form(string json)
    {
        var node = JsonNode.Parse(json)!;
        if (node["result"]?["resourceSpans"] is JsonArray resources)
        {
            node = new JsonArray([
                .. from resource in resources
                from scope in resource!["scopeSpans"]!.AsArray()
                from span in scope!["spans"]!.AsArray()
                select (JsonNode)new JsonObject
                {
                    ["resource"] = resource["resource"]!.DeepClone(), ["scope"] = scope["scope"]!.DeepClone(), ["span"] = span!.DeepClone(),
                },
            ]);
        }

        return JsonForm.Of(node.ToJsonString(), "warnings", "processID", "processes", "status", "flags");
    }

    private static async Task<(int Status, string Text)> AskAsync(Uri address)
    {
        using var http = new HttpClient();
        using var answer = await http.GetAsync(address);
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
