using System.CommandLine;
using Throughline.Cli.Demo.Reports;
using Throughline.Cli.Terminal;

namespace Throughline.Cli.Demo;

/// <summary><c>throughline demo</c>.</summary>
internal static class DemoCommand
{
    private static readonly Option<int> Orders = new("--orders")
    {
        Description = $"How many orders to send, 1 to {DemoOptions.OrdersMax}.",
        HelpName = "N",
        DefaultValueFactory = _ => DemoOptions.OrdersDefault,
    };

    private static readonly Option<string?> BootstrapServers = new("--bootstrap-servers")
    {
        Description = "A real Kafka in place of the embedded broker; the demo's topic is deleted at the end.",
        HelpName = "HOST:PORT,…",
    };

    private static readonly Option<string?> Otlp = new("--otlp")
    {
        Description = "Also send the spans to this OTLP/HTTP backend, such as http://localhost:4318.",
        HelpName = "URL",
    };

    private static readonly Option<bool> Broken = new("--broken")
    {
        Description = "Leave the extract step out, to see what orphans look like. Exits 1.",
    };

    private static readonly Option<bool> All = new("--all")
    {
        Description = "Print every trace, not only the first and the broken ones.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document to stdout." };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Show what the services log, on stderr." };

    public static Command Create(Interruption interruption)
    {
        Orders.Validators.Add(result =>
        {
            // What is no number at all, the parser has already said.
            if (int.TryParse(result.Tokens.SingleOrDefault()?.Value, out var orders) && orders is < 1 or > DemoOptions.OrdersMax)
            {
                result.AddError($"--orders takes a number from 1 to {DemoOptions.OrdersMax}.");
            }
        });
        Otlp.Validators.Add(result =>
        {
            if (!IsHttp(result.GetValueOrDefault<string?>()))
            {
                result.AddError("--otlp takes an http or https address, such as http://localhost:4318.");
            }
        });
        var command = new Command("demo", "Send orders through two services and Kafka, and show each as one trace.")
        {
            Orders, BootstrapServers, Otlp, Broken, All, Json, Verbose,
        };
        command.SetAction((parsed, _) => RunAsync(Read(parsed), interruption));
        CommandLine.ShowExamples(command, [
            ("throughline demo", "20 orders, each one whole trace"),
            ("throughline demo --broken", "the same with a consumer that loses the context"),
            ("throughline demo --otlp http://localhost:4318", "look at the traces in Jaeger as well"),
        ]);
        return command;
    }

    private static DemoOptions Read(ParseResult parsed) => new()
    {
        Orders = parsed.GetValue(Orders),
        BootstrapServers = parsed.GetValue(BootstrapServers),
        Otlp = parsed.GetValue(Otlp) is { } url ? new Uri(url) : null,
        Broken = parsed.GetValue(Broken),
        All = parsed.GetValue(All),
        Json = parsed.GetValue(Json),
        Verbose = parsed.GetValue(Verbose),
    };

    private static bool IsHttp(string? text) =>
        text is null || (Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https");

    private static async Task<int> RunAsync(DemoOptions options, Interruption interruption)
    {
        var stderr = Screen.Of(Console.IsErrorRedirected, Console.OutputEncoding, Environment.GetEnvironmentVariable);
        var steps = new Steps(Console.Error, stderr);
        try
        {
            Action<string>? echo = options.Verbose ? Console.Error.WriteLine : null;
            var outcome = await new DemoRun(options, steps, echo).RunAsync(interruption.Token);
            steps.Finish();
            Report(outcome);
            return outcome.ExitCode;
        }
        catch (OperationCanceledException) when (interruption.ExitCode is { } code)
        {
            steps.Clear();
            await Console.Error.WriteLineAsync("Stopped. Services, broker and temporary files are gone.");
            return code;
        }
        catch (CommandException error)
        {
            steps.Clear();
            Explain(error, options.Json);
            return error.ExitCode;
        }
    }

    private static void Report(DemoOutcome outcome)
    {
        if (outcome.Options.Json)
        {
            Console.Out.WriteLine(DemoJson.Of(outcome));
            return;
        }

        var stdout = Screen.Of(Console.IsOutputRedirected, Console.OutputEncoding, Environment.GetEnvironmentVariable);
        new DemoReport(Console.Out, stdout).Write(outcome);
    }

    private static void Explain(CommandException error, bool json)
    {
        Console.Error.WriteLine($"throughline demo: {error.Message}");
        foreach (var line in error.Evidence)
        {
            Console.Error.WriteLine($"  {line}");
        }

        if (json)
        {
            Console.Out.WriteLine(DemoJson.Of(error));
        }
    }
}
