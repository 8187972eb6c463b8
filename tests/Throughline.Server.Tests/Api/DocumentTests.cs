using System.Text;
using System.Text.RegularExpressions;
using Throughline.Server.Internal.Api;
using Throughline.Server.Internal.Api.Metrics;
using Throughline.Server.Internal.Query;
using Throughline.Server.Internal.Query.Language;
using Throughline.Server.Internal.Query.TraceQl;
using Throughline.TestServers;

namespace Throughline.Server.Tests.Api;

/// <summary>What docs say is what the server does. After a change of a table: THROUGHLINE_WRITE_DOCS=1.</summary>
public sealed partial class DocumentTests
{
    [Fact]
    public async Task Queries_of_the_document_are_read_and_searched_for()
    {
        await using var server = await QueryServer.StartWithSamplesAsync();
        foreach (var line in Lines("<!-- queries"))
        {
            Assert.NotNull(QueryParser.Parse(line));
            await server.GetAsync("/api/v1/search?q=" + Uri.EscapeDataString(line));
        }
    }

    [Fact]
    public void Refusals_are_those_of_the_document()
    {
        foreach (var line in Lines("<!-- refused"))
        {
            var parts = line.Split('→', StringSplitOptions.TrimEntries);
            var error = Assert.Throws<QueryException>(() => QueryParser.Parse(parts[0]));
            Assert.Equal(parts[1], $"column {error.Column}: {error.Message}");
        }
    }

    [Fact]
    public void TraceQL_of_the_document_is_read()
    {
        foreach (var line in Lines("<!-- traceql"))
        {
            Assert.Equal(line == "{}", TraceQlParser.Parse(line) is null);
        }
    }

    [Fact]
    public async Task Tables_of_fields_and_routes_are_those_of_the_code()
    {
        await using var server = await QueryServer.StartAsync();
        var fields = new StringBuilder("| field | what it is | compared with |\n|---|---|---|\n");
        foreach (var field in FieldNames.All)
        {
            fields.Append($"| `{field.Name}` | {field.About} | {Compared(field)} |\n");
        }

        fields.Append(
            "| anything with a dot | an attribute of the span, else of its resource; `span.` or `resource.` before it says which | text, numbers, times |\n"
            + "| `` `anything` `` | an attribute whose name has no dot, or is one of the above | text, numbers, times |\n");
        var routes = new StringBuilder("| route | what it answers | parameters |\n|---|---|---|\n");
        foreach (var route in ApiRoutes.All(server.Services))
        {
            var parameters = string.Join(", ", route.Parameters.Where(p => !p.IsInPath).Select(p => $"`{p.Name}`"));
            routes.Append($"| `{ApiRoutes.Prefix}{route.Path}` | {route.Summary} | {parameters} |\n");
        }

        Check("query.md", "fields", fields.ToString());
        Check("query.md", "routes", routes.ToString());
    }

    [Fact]
    public void Table_of_metrics_is_that_of_the_code()
    {
        var metrics = new StringBuilder("| metric | type | labels | what it is |\n|---|---|---|---|\n");
        foreach (var row in MetricRows.All)
        {
            metrics.Append($"| `{row.Name}` | {row.Type.ToString().ToLowerInvariant()} | {string.Join(", ", row.Labels.Select(l => $"`{l}`"))} | {row.Help} |\n");
        }

        Check("server-metrics.md", "metrics", metrics.ToString());
    }

    [Fact]
    public void Alerts_name_metrics_and_labels_that_there_are()
    {
        var text = File.ReadAllText(Path.Combine(ServersFolder.RepositoryRoot()!, "deploy", "prometheus", "throughline-alerts.yaml"));
        var named = MetricName().Matches(text).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);
        Assert.True(named.Count >= 10, "the rules name metrics");
        foreach (var name in named)
        {
            Assert.Contains(MetricRows.All, row => row.Name == name || (row.Type == MetricType.Histogram && row.Name + "_bucket" == name));
        }

        var labels = MetricRows.All.SelectMany(r => r.Labels).Concat(["instance", "job"]).ToHashSet(StringComparer.Ordinal);
        Assert.All(Label().Matches(text), m => Assert.Contains(m.Groups["name"].Value, labels));
    }

    [Fact]
    public void Prometheus_own_tool_takes_the_rules()
    {
        var rules = Path.Combine(ServersFolder.RepositoryRoot()!, "deploy", "prometheus", "throughline-alerts.yaml");
        Promtool.Check(["check", "rules", rules], input: null);
    }

    [GeneratedRegex(@"\bthroughline_[a-z_]+", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex MetricName();

    [GeneratedRegex(@"\$labels\.(?<name>[a-z_]+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Label();

    private static string Compared(FieldName field) => field.Type switch
    {
        FieldType.Word => string.Join(", ", field.Words.Select(w => $"`{w}`")),
        FieldType.Integer => "whole numbers",
        FieldType.Duration => "times",
        FieldType.TraceId or FieldType.SpanId => "hex digits",
        _ => "text",
    };

    private static string PathOf(string document) => Path.Combine(ServersFolder.RepositoryRoot()!, "docs", document);

    private static string[] Lines(string mark)
    {
        var text = File.ReadAllText(PathOf("query.md")).ReplaceLineEndings("\n");
        var from = text.IndexOf("```\n", text.IndexOf(mark, StringComparison.Ordinal), StringComparison.Ordinal) + 4;
        var lines = text[from..text.IndexOf("```", from, StringComparison.Ordinal)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.NotEmpty(lines);
        return lines;
    }

    private static void Check(string document, string name, string table)
    {
        var text = File.ReadAllText(PathOf(document)).ReplaceLineEndings("\n");
        var begin = text.IndexOf($"<!-- {name} -->\n", StringComparison.Ordinal) + $"<!-- {name} -->\n".Length;
        var end = text.IndexOf($"<!-- end of {name} -->", StringComparison.Ordinal);
        Assert.True(end >= begin, $"{document} lacks the marks around its {name}.");
        var expected = text[..begin] + table + text[end..];
        if (Environment.GetEnvironmentVariable("THROUGHLINE_WRITE_DOCS") == "1")
        {
            File.WriteAllText(PathOf(document), expected);
            text = expected;
        }

        Assert.Equal(expected, text);
    }
}
