using System.CommandLine;
using Throughline.Dashboard;
using Throughline.Server;

namespace Throughline.Cli.Serve;

/// <summary><c>throughline serve</c>: every setting of the server is a flag of it.</summary>
internal static class ServeCommand
{
    private static readonly Option<string?> Config = new("--config")
    {
        Description = "A JSON file with settings; the environment and flags win over it.",
        HelpName = "FILE",
    };

    private static readonly IReadOnlyList<(ServerSetting Setting, Option<string?> Flag)> Flags =
        [.. ServerSettings.All.Select(setting => (setting, FlagOf(setting)))];

    public static Command Create(Interruption interruption)
    {
        var command = new Command("serve", "Take spans, keep them, and answer where time, errors and records went.") { Config };
        foreach (var (_, flag) in Flags)
        {
            command.Options.Add(flag);
        }

        command.SetAction((parsed, _) => RunAsync(parsed, interruption));
        CommandLine.ShowExamples(command, [
            ("throughline serve", "OTLP on 4317 and 4318, answers on http://127.0.0.1:4320"),
            ("throughline serve --bootstrap-servers localhost:9092", "the same, and offsets and lag from the brokers"),
            ("throughline serve --config throughline.json", "settings from a file"),
        ]);
        return command;
    }

    private static Option<string?> FlagOf(ServerSetting setting) => new("--" + setting.Name)
    {
        Description = setting.Default is { Length: > 0 } value && !setting.IsSecret
            ? $"{setting.Description} [default: {value}]"
            : setting.Description,
        HelpName = setting.Value,
    };

    private static async Task<int> RunAsync(ParseResult parsed, Interruption interruption)
    {
        try
        {
            var flags = Flags
                .Select(flag => (flag.Setting.Name, Value: parsed.GetValue(flag.Flag)))
                .Where(flag => flag.Value is not null)
                .ToDictionary(flag => flag.Name, flag => flag.Value!, StringComparer.Ordinal);
            var options = ServerSettings.Read(parsed.GetValue(Config), Environment.GetEnvironmentVariables(), flags);
            using var logs = ServerLog.Create(Console.Error);
            var demo = ServedDemo.For(options);
            var pages = new DashboardPages(demo is null ? null : demo.RunAsync);
            await using var server = await ThroughlineServer.StartAsync(options, pages, logs, interruption.Token);
            demo?.Serve(server);
            await ServeReport.PrintAsync(server, Console.Out);
            await Task.Delay(Timeout.InfiniteTimeSpan, interruption.Token);
            return ExitCodes.Ok;
        }
        catch (OperationCanceledException) when (interruption.ExitCode is not null)
        {
            // Stopping is what a server's signals are for.
            return ExitCodes.Ok;
        }
        catch (ServerSettingsException exception)
        {
            await Console.Error.WriteLineAsync($"throughline serve: {exception.Message}");
            return ExitCodes.Usage;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"throughline serve: {exception.Message}");
            return ExitCodes.Unreachable;
        }
    }
}
