using System.CommandLine;
using Throughline.Cli.Demo.Reports;
using Throughline.Cli.Terminal;

namespace Throughline.Cli.Demo;

/// <summary><c>throughline demo</c>.</summary>
internal static class DemoCommand
{
    private const string Gone = "Stopped. Services, broker and temporary files are gone.";

    private static readonly Option<int> Orders = new("--orders")
    {
        Description = $"How many orders to send, 1 to {DemoOptions.OrdersMax}.",
        HelpName = "N",
        DefaultValueFactory = _ => DemoOptions.OrdersDefault,
    };

    private static readonly Option<string?> BootstrapServers = new("--bootstrap-servers")
    {
        Description = "A real Kafka in place of the embedded broker; the demo's topics are deleted at the end.",
        HelpName = "HOST:PORT,…",
    };

    private static readonly Option<string?> Otlp = new("--otlp")
    {
        Description = "Also send the spans to this OTLP/HTTP backend, such as http://localhost:4318.",
        HelpName = "URL",
    };

    private static readonly Option<bool> Broken = new("--broken")
    {
        Description = "Leave the extract step out, to see what orphans look like; everything else as with --calm. Exits 1.",
    };

    private static readonly Option<bool> Calm = new("--calm")
    {
        Description = "Leave everything out that is slow, fails or is lost on purpose: two services, whole traces.",
    };

    private static readonly Option<bool> Once = new("--once") { Description = "End after the report; else the dashboard stays up." };

    private static readonly Option<int?> Port = new("--port")
    {
        Description = "The dashboard's port; 4320 if it is free, else any that is. 0 for any.",
        HelpName = "PORT",
    };

    private static readonly Option<int> OrdersPerSecond = new("--orders-per-second")
    {
        Description = $"Orders that go on while the dashboard stays up, 0 to {DemoOptions.OrdersPerSecondMax}.",
        HelpName = "N",
        DefaultValueFactory = _ => DemoOptions.OrdersPerSecondDefault,
    };

    private static readonly Option<bool> All = new("--all")
    {
        Description = "Print every trace, not only the first and the broken ones.",
    };

    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document to stdout, and end." };

    private static readonly Option<bool> Verbose = new("--verbose") { Description = "Show what the services log, on stderr." };

    public static Command Create(Interruption interruption)
    {
        Bound(Orders, 1, DemoOptions.OrdersMax);
        Bound(OrdersPerSecond, 0, DemoOptions.OrdersPerSecondMax);
        Bound(Port, 0, ushort.MaxValue);
        Otlp.Validators.Add(result =>
        {
            if (!IsHttp(result.GetValueOrDefault<string?>()))
            {
                result.AddError("--otlp takes an http or https address, such as http://localhost:4318.");
            }
        });
        var command = new Command("demo", "Run a small shop over Kafka, show its traces, and let you look for what goes wrong in it.")
        {
            Orders, BootstrapServers, Otlp, Calm, Broken, Once, Port, OrdersPerSecond, All, Json, Verbose,
        };
        command.SetAction((parsed, _) => RunAsync(Read(parsed), interruption));
        CommandLine.ShowExamples(command, [
            ("throughline demo", "a shop in which some things go wrong; the dashboard stays up to find them"),
            ("throughline demo --calm --once", "20 orders, each one whole trace, and nothing else"),
            ("throughline demo --broken", "the same with a consumer that loses the context"),
        ]);
        return command;
    }

    private static void Bound(Option option, int min, int max) => option.Validators.Add(result =>
    {
        // What is no number at all, the parser has already said.
        if (int.TryParse(result.Tokens.SingleOrDefault()?.Value, out var value) && (value < min || value > max))
        {
            result.AddError($"{option.Name} takes a number from {min} to {max}.");
        }
    });

    private static DemoOptions Read(ParseResult parsed) => new()
    {
        Orders = parsed.GetValue(Orders),
        BootstrapServers = parsed.GetValue(BootstrapServers),
        Otlp = parsed.GetValue(Otlp) is { } url ? new Uri(url) : null,
        Broken = parsed.GetValue(Broken),
        Calm = parsed.GetValue(Calm),
        Once = parsed.GetValue(Once),
        Port = parsed.GetValue(Port),
        OrdersPerSecond = parsed.GetValue(OrdersPerSecond),
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
            var exitCode = await new DemoRun(options, steps, echo).RunAsync(Report, interruption.Token);
            if (options.Stays)
            {
                await Console.Error.WriteLineAsync(Gone);
            }

            return exitCode;
        }
        catch (OperationCanceledException) when (interruption.ExitCode is { } code)
        {
            steps.Clear();
            await Console.Error.WriteLineAsync(Gone);
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
