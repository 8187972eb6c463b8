using Throughline.Cli.Demo;
using Throughline.Cli.Demo.Kafka;
using Throughline.Cli.Demo.Services;

namespace Throughline.Cli.Tests;

public sealed class ServiceProcessTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly HttpClient _http = new();

    [Fact]
    public async Task A_service_that_ends_at_once_is_reported_with_the_end_of_its_log()
    {
        var withoutBrokers = new ServiceDescription(
            "order-service", "OrderService/OrderService.dll", new Dictionary<string, string>());
        await using var service = ServiceProcess.Start(withoutBrokers, _folder.Path, echo: null);

        var error = await Assert.ThrowsAsync<CommandException>(
            () => service.WaitUntilReadyAsync(_http, CancellationToken.None));

        Assert.Equal(ExitCodes.Unreachable, error.ExitCode);
        Assert.StartsWith("order-service ended with code 2", error.Message, StringComparison.Ordinal);
        Assert.StartsWith("KAFKA_BROKERS is not set", Assert.Single(error.Evidence), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_never_gets_ready_ends_with_4_and_its_log()
    {
        var nowhere = new DemoTopic("127.0.0.1:1", "order-events", "group");
        await using var services = DemoServices.Start(
            nowhere, new Uri("http://127.0.0.1:1"), _folder.Path, new DemoOptions { Calm = true }, echo: null);

        var error = await Assert.ThrowsAsync<CommandException>(
            () => services.WaitUntilReadyAsync(_http, TimeSpan.FromSeconds(3), CancellationToken.None));

        Assert.Equal(ExitCodes.Timeout, error.ExitCode);
        Assert.Contains("was not ready in time", error.Message, StringComparison.Ordinal);
    }

    public void Dispose()
    {
        _http.Dispose();
        _folder.Dispose();
    }
}
