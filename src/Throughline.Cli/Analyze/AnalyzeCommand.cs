using System.CommandLine;
using System.Text.Json;
using Throughline.Cli.Terminal;

namespace Throughline.Cli.Analyze;

/// <summary><c>throughline analyze</c>: the server's answers in the terminal, also of spans in a file or a topic.</summary>
internal static class AnalyzeCommand
{
    private static readonly Argument<string[]> Tables = new("table")
    {
        Description = $"What to tell: {string.Join(", ", AnswerTables.All.Select(table => table.Name))}; all without.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    private static readonly Option<Uri> Server = new("--server")
    {
        Description = "The server to ask.",
        HelpName = "URL",
        DefaultValueFactory = _ => AnalyzeOptions.ServerDefault,
    };

    private static readonly Option<string?> Key = new("--read-key")
    {
        Description = "The server's read key, if it has one; or the variable THROUGHLINE_READ_KEY.",
        HelpName = "KEY",
    };

    private static readonly Option<FileInfo[]> Files = new("--file")
    {
        Description = "A file of OTLP JSON in place of a server: a request a line, or one request. May be given more than once.",
        HelpName = "FILE",
    };

    private static readonly Option<string?> FromTopic = new("--from-topic")
    {
        Description = "A topic of OTLP in place of a server, such as the Collector's otlp_spans; all that is in it now.",
        HelpName = "TOPIC",
    };

    private static readonly Option<string?> BootstrapServers = new("--bootstrap-servers")
    {
        Description = "Where --from-topic is.",
        HelpName = "HOST:PORT,…",
    };

    private static readonly Option<string?> Since = new("--since")
    {
        Description = "From when on, such as 2026-11-20T08:00:00Z; the last hour without, or all of a file.",
        HelpName = "TIME",
    };

    private static readonly Option<string?> Topic = new("--topic") { Description = "Only this topic.", HelpName = "TOPIC" };

    private static readonly Option<string?> Group = new("--group") { Description = "Only this consumer group.", HelpName = "GROUP" };

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document to stdout." };

    public static Command Create(Interruption interruption)
    {
        Tables.AcceptOnlyFromAmong([.. AnswerTables.All.Select(table => table.Name)]);
        Files.AcceptExistingOnly();
        var command = new Command("analyze", "Where time, errors and records went: a server's answers, or those of a file of spans.")
        {
            Tables, Server, Key, Files, FromTopic, BootstrapServers, Since, Topic, Group, Json,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(FromTopic) is null) != (result.GetValue(BootstrapServers) is null))
            {
                result.AddError("--from-topic and --bootstrap-servers go together.");
            }
        });
        command.SetAction((parsed, _) => RunAsync(Read(parsed), interruption));
        CommandLine.ShowExamples(command, [
            ("throughline analyze", "what the server on this machine knows of the last hour"),
            ("throughline analyze orphans ledger --topic orders", "two of its tables, of one topic"),
            ("throughline analyze --file spans.jsonl", "the same of a file that the Collector wrote"),
        ]);
        return command;
    }

    private static AnalyzeOptions Read(ParseResult parsed) => new()
    {
        Tables = parsed.GetValue(Tables) ?? [],
        Server = parsed.GetValue(Server)!,
        Key = parsed.GetValue(Key) ?? Environment.GetEnvironmentVariable("THROUGHLINE_READ_KEY"),
        Files = parsed.GetValue(Files) ?? [],
        FromTopic = parsed.GetValue(FromTopic),
        BootstrapServers = parsed.GetValue(BootstrapServers),
        Since = parsed.GetValue(Since),
        Topic = parsed.GetValue(Topic),
        Group = parsed.GetValue(Group),
        Json = parsed.GetValue(Json),
    };

    private static async Task<int> RunAsync(AnalyzeOptions options, Interruption interruption)
    {
        try
        {
            var answers = options.IsClosedSet
                ? await OfClosedSetAsync(options, interruption.Token)
                : await OfServerAsync(options.Server, options, interruption.Token);
            if (options.Json)
            {
                Console.WriteLine(JsonSerializer.Serialize(answers.ToDictionary(one => one.Table.Name, one => one.Answer)));
            }
            else
            {
                var screen = Screen.Of(Console.IsOutputRedirected, Console.OutputEncoding, Environment.GetEnvironmentVariable);
                new AnalyzeReport(TerminalTables.On(Console.Out, screen)).Write(answers);
            }

            return ExitCodes.Ok;
        }
        catch (OperationCanceledException) when (interruption.ExitCode is { } code)
        {
            return code;
        }
        catch (Exception error) when (error is IOException or InvalidOperationException or OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"throughline analyze: the spans could not be analyzed: {error.Message}");
            return ExitCodes.Unreachable;
        }
        catch (CommandException error)
        {
            await Console.Error.WriteLineAsync($"throughline analyze: {error.Message}");
            return error.ExitCode;
        }
    }

    private static async Task<IReadOnlyList<(AnswerTable Table, JsonElement Answer)>> OfClosedSetAsync(
        AnalyzeOptions options, CancellationToken cancellationToken)
    {
        await using var spans = await ClosedSet.StartAsync(cancellationToken);
        if (options.FromTopic is { } topic)
        {
            await SpanTopic.FeedAsync(spans, options.BootstrapServers!, topic, cancellationToken);
        }

        await SpanFiles.FeedAsync(spans, options.Files, cancellationToken);
        await spans.SettledAsync(cancellationToken);
        return await OfServerAsync(spans.Address, options, cancellationToken);
    }

    private static async Task<IReadOnlyList<(AnswerTable Table, JsonElement Answer)>> OfServerAsync(
        Uri server, AnalyzeOptions options, CancellationToken cancellationToken)
    {
        using var client = new AnswerClient(server, options.Key);
        return await Analysis.AskAsync(client, options, cancellationToken);
    }
}
