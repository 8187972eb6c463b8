using System.Globalization;
using System.Text.Json;
using Throughline.Cli.Analyze;

namespace Throughline.Cli.Tests.Analyze;

/// <summary>Files of spans through the real server and its API.</summary>
public sealed class AnalyzeFileTests : IDisposable
{
    private static readonly JsonSerializerOptions Printed = new() { WriteIndented = true };

    private readonly string _folder = Directory.CreateTempSubdirectory("throughline-analyze-").FullName;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_file_with_a_request_a_line_is_answered_for()
    {
        var answers = await AskAsync(Write($"{Request(1)}\n\n{Request(2)}\n"));
        var latency = Assert.Single(answers["latency"].GetProperty("rows").EnumerateArray().ToArray());
        Assert.Equal("orders", latency.GetProperty("topic").GetString());
        Assert.Equal("billing", latency.GetProperty("group").GetString());
        Assert.Equal(2, latency.GetProperty("processing").GetProperty("count").GetDouble());
    }

    [Fact]
    public async Task A_file_that_is_one_printed_request_is_answered_for()
    {
        using var request = JsonDocument.Parse(Request(1));
        var answers = await AskAsync(Write(JsonSerializer.Serialize(request, Printed)));
        Assert.Equal(1, answers["latency"].GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task A_printed_request_may_have_a_mark_and_blank_lines_before_it()
    {
        using var request = JsonDocument.Parse(Request(1));
        var answers = await AskAsync(Write($"\uFEFF\n\n{JsonSerializer.Serialize(request, Printed)}"));
        Assert.Equal(1, answers["latency"].GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task A_record_is_whole_though_its_processing_stands_long_before_its_send()
    {
        var start = DateTimeOffset.UtcNow.AddSeconds(-1);
        var ends = Ends(1, start);
        var others = string.Join('\n', Enumerable.Range(2, 200).Select(number => Request(number)));
        var answers = await AskAsync(Write($"{ends.Process}\n{others}\n{ends.Send}\n"));
        var latency = Assert.Single(answers["latency"].GetProperty("rows").EnumerateArray().ToArray());
        Assert.Equal(201, latency.GetProperty("produce").GetProperty("count").GetDouble());
        Assert.Equal(0, answers["orphans"].GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task A_file_of_years_ago_is_answered_for()
    {
        var (send, process) = Ends(1, DateTimeOffset.UtcNow.AddDays(-800));
        var answers = await AskAsync(Write($"{send}\n{process}\n"));
        Assert.Equal(1, answers["latency"].GetProperty("rows").GetArrayLength());
    }

    [Fact]
    public async Task A_line_that_is_no_request_is_named()
    {
        var file = Write($"{Request(1)}\n{{\"resourceSpans\": 7}}\n");
        var error = await Assert.ThrowsAsync<CommandException>(() => AskAsync(file));
        Assert.Contains("line 2", error.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCodes.Usage, error.ExitCode);
    }

    private static async Task<Dictionary<string, JsonElement>> AskAsync(FileInfo file)
    {
        await using var spans = await ClosedSet.StartAsync(Cancelled);
        await SpanFiles.FeedAsync(spans, [file], Cancelled);
        await spans.SettledAsync(Cancelled);
        using var client = new AnswerClient(spans.Address, key: null);
        var answers = await Analysis.AskAsync(client, new AnalyzeOptions { Files = [file] }, Cancelled);
        return answers.ToDictionary(one => one.Table.Name, one => one.Answer);
    }

    private FileInfo Write(string text)
    {
        var path = Path.Combine(_folder, "spans.json");
        File.WriteAllText(path, text);
        return new FileInfo(path);
    }

    // A record's send and its processing, a second ago.
    private static string Request(int number)
    {
        var (send, process) = Spans(number, DateTimeOffset.UtcNow.AddSeconds(-1));
        return Request($"{send},{process}");
    }

    /// <summary>The same as two requests.</summary>
    private static (string Send, string Process) Ends(int number, DateTimeOffset start)
    {
        var (send, process) = Spans(number, start);
        return (Request(send), Request(process));
    }

    private static (string Send, string Process) Spans(int number, DateTimeOffset start)
    {
        var startMs = start.ToUnixTimeMilliseconds();
        return (
            Span(number, "0a", "", 4, startMs, Record("send", number)),
            Span(number, "0b", Id("0a", number), 5, startMs + 20, Record("process", number) + "," + Text("messaging.consumer.group.name", "billing")));
    }

    private static string Request(string spans) =>
        $$"""{"resourceSpans":[{"resource":{"attributes":[{{Text("service.name", "shop")}}]},"scopeSpans":[{"spans":[{{spans}}]}]}]}""";

    private static string Span(int number, string id, string parent, int kind, long startMs, string attributes) =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"traceId":"{{number:x32}}","spanId":"{{Id(id, number)}}","parentSpanId":"{{parent}}","name":"orders","kind":{{kind}},"startTimeUnixNano":"{{startMs * 1_000_000}}","endTimeUnixNano":"{{(startMs + 10) * 1_000_000}}","attributes":[{{attributes}}]}""");

    private static string Record(string operation, int offset) => string.Join(
        ',',
        Text("messaging.system", "kafka"),
        Text("messaging.operation.type", operation),
        Text("messaging.destination.name", "orders"),
        Text("messaging.destination.partition.id", "0"),
        Text("messaging.kafka.offset", offset.ToString(CultureInfo.InvariantCulture)));

    private static string Id(string prefix, int number) => prefix + number.ToString("x14", CultureInfo.InvariantCulture);

    private static string Text(string key, string value) => $$$"""{"key":"{{{key}}}","value":{"stringValue":"{{{value}}}"}}""";
}
