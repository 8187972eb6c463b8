using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using System.Reflection;
using System.Text;
using Throughline.Cli.Analyze;
using Throughline.Cli.Demo;
using Throughline.Cli.Redrive;
using Throughline.Cli.Serve;

namespace Throughline.Cli;

/// <summary>The root command, and what all commands share: version, help with examples, errors, signals.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (OperatingSystem.IsWindows())
        {
            // Its console's own code page has no trees and bars.
            Console.OutputEncoding = Encoding.UTF8;
        }

        using var interruption = new Interruption();
        var root = new RootCommand("Distributed tracing through Apache Kafka that does not break.");
        root.Subcommands.Add(DemoCommand.Create(interruption));
        root.Subcommands.Add(ServeCommand.Create(interruption));
        root.Subcommands.Add(AnalyzeCommand.Create(interruption));
        root.Subcommands.Add(RedriveCommand.Create(interruption));

        // The version as the package has it, without the source revision.
        var version = root.Options.OfType<VersionOption>().Single();
        version.Action = new PrintVersion();
        ShowExamples(root, [
            ("throughline demo", "orders through two services and Kafka, as traces in the terminal"),
            ("throughline serve", "a server that takes spans and answers where time and records went"),
            ("throughline analyze", "its answers in the terminal"),
        ]);

        root.SetAction(parsed => root.Parse("--help").Invoke());
        var parsed = root.Parse(args, new ParserConfiguration { ResponseFileTokenReplacer = null });

        // Who asks for help may leave out what is required.
        if (parsed.Errors.Count > 0 && parsed.Action is not ExamplesFirst)
        {
            return Refuse(parsed);
        }

        // Signals are ours: the library would end the process two seconds after the first.
        return await parsed.InvokeAsync(
            new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
    }

    /// <summary>Puts examples in front of a command's help: people copy before they read.</summary>
    public static void ShowExamples(Command command, IReadOnlyList<(string Line, string Meaning)> examples)
    {
        var help = command.Options.OfType<HelpOption>().SingleOrDefault();
        if (help is null)
        {
            help = new HelpOption();
            command.Options.Add(help);
        }

        help.Action = new ExamplesFirst((HelpAction)help.Action!, examples);
    }

    private static int Refuse(ParseResult parsed)
    {
        foreach (var error in parsed.Errors)
        {
            Console.Error.WriteLine($"throughline: {error.Message}");
        }

        var command = parsed.CommandResult.Command is RootCommand ? "" : $" {parsed.CommandResult.Command.Name}";
        Console.Error.WriteLine($"See throughline{command} --help.");
        return ExitCodes.Usage;
    }

    private sealed class PrintVersion : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var version = typeof(CommandLine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!;
            parseResult.InvocationConfiguration.Output.WriteLine(version.InformationalVersion.Split('+')[0]);
            return ExitCodes.Ok;
        }
    }

    private sealed class ExamplesFirst(HelpAction help, IReadOnlyList<(string Line, string Meaning)> examples)
        : SynchronousCommandLineAction
    {
        public override int Invoke(ParseResult parseResult)
        {
            var output = parseResult.InvocationConfiguration.Output;
            var width = examples.Max(example => example.Line.Length);
            output.WriteLine("Examples:");
            foreach (var (line, meaning) in examples)
            {
                output.WriteLine($"  {line.PadRight(width)}  {meaning}");
            }

            output.WriteLine();
            var code = help.Invoke(parseResult);
            output.WriteLine("Exit codes:");
            output.WriteLine("  0 all is well, 1 something was found, 2 usage, 3 unreachable, 4 timeout, 130 and 143 stopped by a signal");
            return code;
        }
    }
}
