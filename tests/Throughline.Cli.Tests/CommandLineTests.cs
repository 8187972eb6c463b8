using Throughline.TestServers;

namespace Throughline.Cli.Tests;

public class CommandLineTests
{
    [Theory]
    [InlineData("nope")]
    [InlineData("demo", "--orders", "0")]
    [InlineData("demo", "--orders", "10001")]
    [InlineData("demo", "--orders", "many")]
    [InlineData("demo", "--otlp", "localhost:4318")]
    [InlineData("demo", "--nope")]
    [InlineData("redrive", "--topic", "orders.dlq")]
    [InlineData("redrive", "--bootstrap-servers", "127.0.0.1:1", "--topic", "orders.dlq", "--to", "orders.dlq")]
    [InlineData("redrive", "--bootstrap-servers", "127.0.0.1:1", "--topic", "orders.dlq", "--max", "0")]
    [InlineData("redrive", "--bootstrap-servers", "127.0.0.1:1", "--topic", "orders.dlq", "-X", "nope")]
    public async Task A_wrong_command_line_ends_with_2_and_says_why_on_stderr(params string[] arguments)
    {
        var (process, exitCode) = await CliProcess.RunAsync(arguments);
        using (process)
        {
            Assert.Equal(ExitCodes.Usage, exitCode);
            Assert.Empty(process.Output);
            Assert.StartsWith("throughline: ", process.Error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("", "--help")]
    [InlineData("demo", "demo", "--help")]
    [InlineData("serve", "serve", "--help")]
    [InlineData("analyze", "analyze", "--help")]
    [InlineData("redrive", "redrive", "--help")]
    public async Task Help_opens_with_three_examples(string shown, params string[] arguments)
    {
        var (process, exitCode) = await CliProcess.RunAsync(arguments);
        using (process)
        {
            Assert.Equal(ExitCodes.Ok, exitCode);
            var lines = process.Output.Split('\n');
            Assert.Equal("Examples:", lines[0]);
            Assert.All(lines[1..4], line => Assert.StartsWith($"  throughline {shown}", line, StringComparison.Ordinal));
            Assert.Empty(lines[4]);
        }
    }

    [Fact]
    public async Task Version_is_a_bare_number()
    {
        var (process, exitCode) = await CliProcess.RunAsync("--version");
        using (process)
        {
            Assert.Equal(ExitCodes.Ok, exitCode);
            Assert.Matches(@"^\d+\.\d+\.\d+\S*\n$", process.Output);
        }
    }

    [Fact]
    public async Task A_Kafka_that_is_not_there_ends_with_3()
    {
        var (process, exitCode) = await CliProcess.RunAsync("demo", "--bootstrap-servers", "127.0.0.1:1", "--json");
        using (process)
        {
            Assert.Equal(ExitCodes.Unreachable, exitCode);
            Assert.Contains("127.0.0.1:1", process.Error, StringComparison.Ordinal);
            Assert.Contains("\"exitCode\": 3", process.Output, StringComparison.Ordinal);
            Assert.Empty(process.Leftovers);
        }
    }
}
