using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Throughline.Server.Internal.Ingest;
using Throughline.Server.Internal.Otlp;
using Throughline.Server.Internal.Receive;
using Throughline.Server.Tests.Otlp;

namespace Throughline.Server.Tests.Receive;

public sealed class OtlpHttpTests : IAsyncLifetime
{
    private const int SizeMax = 1024 * 1024;

    private ReceiveHost _host = null!;

    public async ValueTask InitializeAsync() => _host = await ReceiveHost.StartAsync(
        new ReceiveOptions { RequestSizeMax = SizeMax, InFlightMax = 3 * SizeMax });

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Protobuf_is_taken_and_answered_by_an_empty_message()
    {
        using var answer = await PostAsync(Requests.Content(Requests.OneSpan));

        Assert.Equal((HttpStatusCode.OK, Requests.Protobuf), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(Requests.OneSpan, (await _host.Ingest.NextAsync()).Payload);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    public async Task JSON_is_taken_and_answered_by_JSON(string type)
    {
        using var answer = await PostAsync(Requests.Content(Encoding.UTF8.GetBytes(Requests.OneSpanJson), type));

        Assert.Equal((HttpStatusCode.OK, Requests.Json), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal("{}", await answer.Content.ReadAsStringAsync());
        Assert.Equal("send orders", Assert.Single((await _host.Ingest.NextSpansAsync()).Spans).Name);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("GZIP")]
    [InlineData("deflate")]
    [InlineData("identity")]
    public async Task Compressed_requests_are_taken(string encoding)
    {
        var body = encoding switch
        {
            "identity" => Requests.OneSpan,
            "deflate" => Requests.Zlib(Requests.OneSpan),
            _ => Requests.Gzip(Requests.OneSpan),
        };

        using var answer = await PostAsync(Requests.Content(body, encoding: encoding));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(Requests.OneSpan, (await _host.Ingest.NextAsync()).Payload);
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_taken()
    {
        var large = OtlpRequest.Of(request => OtlpRequest.AddSpan(
            request, "large", 1, attributes: ("a", new string('x', 300_000))));
        using var content = new StreamContent(new UnseekableStream(large));
        content.Headers.ContentType = new(Requests.Protobuf);

        using var answer = await PostAsync(content);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(large, (await _host.Ingest.NextAsync()).Payload);
    }

    [Theory]
    [InlineData("/v1/logs", SignalKind.Logs)]
    [InlineData("/v1/metrics", SignalKind.Metrics)]
    public async Task The_other_signals_have_their_paths(string path, object kind)
    {
        using var answer = await PostAsync(Requests.Content(OtlpRequest.Of(_ => { })), path);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(kind, (await _host.Ingest.NextAsync()).Kind);
    }

    [Fact]
    public async Task An_empty_request_is_a_success()
    {
        using var answer = await PostAsync(Requests.Content([]));
        using var json = await PostAsync(Requests.Content("{}"u8.ToArray(), Requests.Json));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (answer.StatusCode, json.StatusCode));
        Assert.Equal("{}", await json.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Rejected_spans_are_told_as_a_partial_success()
    {
        const string Bad = """{"resourceSpans":[{"scopeSpans":[{"spans":[{"traceId":"0af7","spanId":"1122334455667788"}]}]}]}""";
        using var json = await PostAsync(Requests.Content(Encoding.UTF8.GetBytes(Bad), Requests.Json));
        using var protobuf = await PostAsync(Requests.Content(OtlpRequest.Of(
            request => OtlpRequest.AddSpan(request, "bad", 1, trace: "0af7"))));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (json.StatusCode, protobuf.StatusCode));
        var told = JsonNode.Parse(await json.Content.ReadAsStringAsync())!["partialSuccess"]!;
        Assert.Equal(("1", "trace_id has 2 bytes; it has to have 16"), ((string?)told["rejectedSpans"], (string?)told["errorMessage"]));
        var partial = OtlpSpan.Field(await protobuf.Content.ReadAsByteArrayAsync(), (1 << 3) | 2);
        Assert.Equal("trace_id has 2 bytes; it has to have 16", Encoding.UTF8.GetString(OtlpSpan.Field(partial, (2 << 3) | 2)));
    }

    [Theory]
    [InlineData(Requests.Json, "{\"resourceSpans\":[7]}", "resourceSpans at byte")]
    [InlineData(Requests.Protobuf, "\u000a\u007f", "this is no OTLP protobuf: a field says that it has 127 bytes where 0 are left")]
    public async Task What_cannot_be_read_is_a_400_with_a_status_in_the_requests_form(string type, string body, string cause)
    {
        using var answer = await PostAsync(Requests.Content(Encoding.UTF8.GetBytes(body), type));

        Assert.Equal((HttpStatusCode.BadRequest, type), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        var told = await answer.Content.ReadAsByteArrayAsync();
        var message = type == Requests.Json
            ? (string?)JsonNode.Parse(told)!["message"]
            : Encoding.UTF8.GetString(OtlpSpan.Field(told, (2 << 3) | 2));
        Assert.Contains(cause, message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_unknown_type_or_compression_is_a_415_that_says_what_is_allowed()
    {
        using var type = await PostAsync(Requests.Content(Requests.OneSpan, "text/xml"));
        using var compression = await PostAsync(Requests.Content(Requests.OneSpan, encoding: "snappy"));

        Assert.Equal(
            (HttpStatusCode.UnsupportedMediaType, HttpStatusCode.UnsupportedMediaType), (type.StatusCode, compression.StatusCode));
        Assert.Contains("allowed are application/x-protobuf and application/json", await type.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("gzip, deflate", compression.Headers.NonValidated["Accept-Encoding"].ToString());
    }

    [Fact]
    public async Task Another_method_is_a_405()
    {
        using var answer = await _host.Client.GetAsync("/v1/traces");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, answer.StatusCode);
        Assert.Equal("POST", answer.Content.Headers.Allow.Single());
    }

    [Theory]
    [InlineData(SizeMax + 1, null)]
    [InlineData(SizeMax + 1, "gzip")]
    [InlineData(50 * SizeMax, "gzip")]
    public async Task Too_large_a_request_is_a_413_whatever_it_was_packed_to(int size, string? encoding)
    {
        var body = new byte[size];

        using var answer = await PostAsync(Requests.Content(encoding is null ? body : Requests.Gzip(body), encoding: encoding));

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Contains("1,048,576 are allowed", Encoding.UTF8.GetString(await answer.Content.ReadAsByteArrayAsync()), StringComparison.Ordinal);
        Assert.Equal(0, _host.Receiver.InFlight);
    }

    [Fact]
    public async Task A_request_of_exactly_the_limit_is_taken()
    {
        var frame = OtlpRequest.Of(request => OtlpRequest.AddSpan(request, "a", 1, attributes: ("a", new string('x', SizeMax / 2))));
        var body = OtlpRequest.Of(request => OtlpRequest.AddSpan(
            request, "a", 1, attributes: ("a", new string('x', (SizeMax / 2) + SizeMax - frame.Length))));
        Assert.Equal(SizeMax, body.Length);

        using var plain = await PostAsync(Requests.Content(body));
        using var packed = await PostAsync(Requests.Content(Requests.Gzip(body), encoding: "gzip"));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (plain.StatusCode, packed.StatusCode));
    }

    [Fact]
    public async Task A_truncated_or_false_gzip_is_a_400()
    {
        var packed = Requests.Gzip(Requests.OneSpan);

        using var truncated = await PostAsync(Requests.Content(packed[..^12], encoding: "gzip"));
        using var none = await PostAsync(Requests.Content(Requests.OneSpan, encoding: "gzip"));

        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.BadRequest), (truncated.StatusCode, none.StatusCode));
    }

    [Fact]
    public async Task A_full_log_is_a_503_with_the_time_to_try_again()
    {
        _host.Ingest.Answers.Enqueue(new IngestAnswer(IngestResult.Full, Message: "the log is full", RetryAfter: TimeSpan.FromSeconds(1.5)));

        using var answer = await PostAsync(Requests.Content(Encoding.UTF8.GetBytes(Requests.OneSpanJson), Requests.Json));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(2)), (answer.StatusCode, answer.Headers.RetryAfter!.Delta));
        Assert.Equal("the log is full", (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["message"]);
    }

    [Fact]
    public async Task A_fault_of_the_server_is_a_503_so_that_nothing_is_thrown_away()
    {
        _host.Ingest.Fault = new InvalidOperationException("a bug");

        using var answer = await PostAsync(Requests.Content(Requests.OneSpan));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Equal(0, _host.Receiver.InFlight);
    }

    [Fact]
    public async Task More_bytes_than_may_be_in_flight_are_refused_for_now_and_taken_later()
    {
        var gate = new TaskCompletionSource();
        _host.Ingest.Gate = gate.Task;
        var large = OtlpRequest.Of(request => OtlpRequest.AddSpan(
            request, "large", 1, attributes: ("a", new string('x', SizeMax * 9 / 10))));
        List<Task<HttpResponseMessage>> waiting = [];
        while (_host.Receiver.InFlight < 2 * SizeMax)
        {
            waiting.Add(PostAsync(Requests.Content(large)));
            await Task.WhenAny(Until(() => _host.Receiver.InFlight >= waiting.Count * SizeMax * 9 / 10), waiting[^1]);
        }

        using var refused = await PostAsync(Requests.Content(large));
        gate.SetResult();
        var taken = await Task.WhenAll(waiting);
        using var later = await PostAsync(Requests.Content(large));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (refused.StatusCode, later.StatusCode));
        Assert.All(taken, answer => Assert.Equal(HttpStatusCode.OK, answer.StatusCode));
        Assert.Equal(0, _host.Receiver.InFlight);
        Assert.Equal(1, _host.Receiver.Counts[ReceiveResult.Busy]);
    }

    private Task<HttpResponseMessage> PostAsync(HttpContent content, string path = "/v1/traces") =>
        _host.Client.PostAsync(path, content, TestContext.Current.CancellationToken);

    private static async Task Until(Func<bool> condition)
    {
        while (!condition())
        {
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }
}
