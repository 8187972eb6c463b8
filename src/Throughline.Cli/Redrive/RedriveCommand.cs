using System.CommandLine;
using System.Globalization;
using Throughline.Cli.Terminal;
using Throughline.OpenTelemetry;

namespace Throughline.Cli.Redrive;

/// <summary><c>throughline redrive</c>.</summary>
internal static class RedriveCommand
{
    private const double RateMin = 0.1;

    private static readonly Option<string> BootstrapServers = new("--bootstrap-servers")
    {
        Description = "The brokers.",
        HelpName = "HOST:PORT,…",
        Required = true,
    };

    private static readonly Option<string> Topic = new("--topic")
    {
        Description = "The dead-letter topic.",
        HelpName = "TOPIC",
        Required = true,
    };

    private static readonly Option<string?> To = new("--to")
    {
        Description = "Send all letters there, in place of where each failed.",
        HelpName = "TOPIC",
    };

    private static readonly Option<string?> OriginalTopic = new("--original-topic")
    {
        Description = "Only letters that failed in this topic.",
        HelpName = "TOPIC",
    };

    private static readonly Option<string?> Error = new("--error")
    {
        Description = "Only letters with this exception, such as TimeoutException.",
        HelpName = "TYPE",
    };

    private static readonly Option<long?> Max = new("--max") { Description = "Send this many at most.", HelpName = "N" };

    private static readonly Option<double?> Rate = new("--rate")
    {
        Description = "Send this many a second at most.",
        HelpName = "N",
    };

    private static readonly Option<string?> Group = new("--group")
    {
        Description = "The consumer group that remembers what was sent (default throughline-redrive.TOPIC).",
        HelpName = "GROUP",
    };

    private static readonly Option<bool> DryRun = new("--dry-run") { Description = "Look only: send nothing, change nothing." };

    private static readonly Option<bool> All = new("--all")
    {
        Description = $"List every letter, not only the first {RedriveRequest.ListedMax}.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document to stdout." };

    private static readonly Option<string[]> Settings = new("-X")
    {
        Description = "A setting of the Kafka client, such as security.protocol=SASL_SSL; may be repeated.",
        HelpName = "KEY=VALUE",
    };

    public static Command Create(Interruption interruption)
    {
        RefuseBelow(Max, 1);
        RefuseBelow(Rate, RateMin);
        Settings.Validators.Add(result =>
        {
            foreach (var token in result.Tokens.Where(token => token.Value.IndexOf('=') < 1))
            {
                result.AddError($"-X takes KEY=VALUE, not {token.Value}.");
            }
        });
        To.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } to && to == result.GetValue(Topic))
            {
                result.AddError("--to is the dead-letter topic itself.");
            }
        });
        var command = new Command("redrive", "Send dead letters back to where they failed, in the traces they came from.")
        {
            BootstrapServers, Topic, To, OriginalTopic, Error, Max, Rate, Group, DryRun, All, Json, Settings,
        };
        command.SetAction((parsed, _) => RunAsync(Read(parsed), interruption));
        CommandLine.ShowExamples(command, [
            ("throughline redrive --bootstrap-servers localhost:9092 --topic orders.dlq --dry-run", "what is there, and where it would go"),
            ("throughline redrive --bootstrap-servers localhost:9092 --topic orders.dlq --error TimeoutException", "only what timed out"),
            ("throughline redrive --bootstrap-servers localhost:9092 --topic orders.dlq --max 100 --rate 10", "a hundred, slowly"),
        ]);
        return command;
    }

    private static void RefuseBelow<T>(Option<T> option, double min) => option.Validators.Add(result =>
    {
        // What is no number at all, the parser has already said.
        if (double.TryParse(result.Tokens.SingleOrDefault()?.Value, CultureInfo.InvariantCulture, out var number) && !(number >= min))
        {
            result.AddError(string.Create(CultureInfo.InvariantCulture, $"{option.Name} takes a number from {min} on."));
        }
    });

    private static RedriveRequest Read(ParseResult parsed) => new()
    {
        BootstrapServers = parsed.GetRequiredValue(BootstrapServers),
        Topic = parsed.GetRequiredValue(Topic),
        To = parsed.GetValue(To),
        OriginalTopic = parsed.GetValue(OriginalTopic),
        Error = parsed.GetValue(Error),
        Max = parsed.GetValue(Max),
        Rate = parsed.GetValue(Rate),
        Group = parsed.GetValue(Group),
        DryRun = parsed.GetValue(DryRun),
        All = parsed.GetValue(All),
        Json = parsed.GetValue(Json),
        ClientSettings = [.. (parsed.GetValue(Settings) ?? []).Select(Split)],
    };

    private static KeyValuePair<string, string> Split(string setting)
    {
        var at = setting.IndexOf('=');
        return new(setting[..at], setting[(at + 1)..]);
    }

    private static async Task<int> RunAsync(RedriveRequest request, Interruption interruption)
    {
        var stderr = Screen.Of(Console.IsErrorRedirected, Console.OutputEncoding, Environment.GetEnvironmentVariable);
        var steps = new Steps(Console.Error, stderr);
        using var sdk = StartSdkWhereConfigured();
        try
        {
            var outcome = await new RedriveJob(request, steps).RunAsync(interruption.Token);
            steps.Finish();
            Report(outcome);
            return interruption.ExitCode ?? outcome.ExitCode;
        }
        catch (OperationCanceledException) when (interruption.ExitCode is { } code)
        {
            steps.Clear();
            await Console.Error.WriteLineAsync("Stopped before anything was sent.");
            return code;
        }
        catch (CommandException error)
        {
            steps.Clear();
            Explain(error, request.Json);
            return error.ExitCode;
        }
    }

    // The letters' spans go where the services' go, for whoever has said where that is.
    private static ThroughlineSdk? StartSdkWhereConfigured()
    {
        string[] variables = ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_TRACES_EXPORTER"];
        return variables.Any(name => !string.IsNullOrEmpty(Environment.GetEnvironmentVariable(name)))
            ? ThroughlineSdk.Start(options => options.DefaultServiceName = "throughline-redrive")
            : null;
    }

    private static void Report(RedriveOutcome outcome)
    {
        if (outcome.Request.Json)
        {
            Console.Out.WriteLine(RedriveJson.Of(outcome));
            return;
        }

        var stdout = Screen.Of(Console.IsOutputRedirected, Console.OutputEncoding, Environment.GetEnvironmentVariable);
        new RedriveText(Console.Out, stdout, TimeProvider.System).Write(outcome);
    }

    private static void Explain(CommandException error, bool json)
    {
        Console.Error.WriteLine($"throughline redrive: {error.Message}");
        foreach (var line in error.Evidence)
        {
            Console.Error.WriteLine($"  {line}");
        }

        if (json)
        {
            Console.Out.WriteLine(RedriveJson.Of(error));
        }
    }
}
