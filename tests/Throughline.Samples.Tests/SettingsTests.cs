using NotificationService;
using OrderService;
using ShopServices;

namespace Throughline.Samples.Tests;

public class SettingsTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("localhost")]
    [InlineData("localhost:9092;other:9092")]
    [InlineData("localhost:9092,")]
    public void Missing_or_wrong_brokers_fail_at_start_and_name_the_variable(string? brokers)
    {
        string? Environment(string name) => name == "KAFKA_BROKERS" ? brokers : null;

        var order = Assert.Throws<OrderService.InvalidSettingException>(() => OrderSettings.Read(Environment));
        var notification = Assert.Throws<NotificationService.InvalidSettingException>(() => NotificationSettings.Read(Environment));

        Assert.StartsWith("KAFKA_BROKERS ", order.Message, StringComparison.Ordinal);
        Assert.StartsWith("KAFKA_BROKERS ", notification.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ORDER_TOPIC", "orders and more")]
    [InlineData("NOTIFY_URL", "example.com")]
    public void A_wrong_variable_is_named(string name, string value)
    {
        var error = Assert.Throws<NotificationService.InvalidSettingException>(
            () => NotificationSettings.Read(it => it == name ? value : it == "KAFKA_BROKERS" ? "localhost:9092" : null));

        Assert.StartsWith($"{name} is '{value}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Client_settings_are_passed_on_and_nonsense_is_named()
    {
        static OrderSettings Read(string config) =>
            OrderSettings.Read(name => name == "KAFKA_BROKERS" ? "localhost:9092" : name == "KAFKA_CONFIG" ? config : null);

        Assert.Equal(
            new Dictionary<string, string> { ["security.protocol"] = "SASL_SSL", ["sasl.password"] = "a=b" },
            Read("security.protocol=SASL_SSL; sasl.password=a=b;").KafkaConfig);
        var error = Assert.Throws<OrderService.InvalidSettingException>(() => Read("security.protocol"));
        Assert.StartsWith("KAFKA_CONFIG has 'security.protocol'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:9092")]
    [InlineData("a:9092,b:9093, c:9094")]
    [InlineData(" localhost:9092 ")]
    public void One_broker_or_several_are_taken(string brokers)
    {
        var settings = OrderSettings.Read(name => name == "KAFKA_BROKERS" ? brokers : null);

        Assert.Equal(brokers.Trim(), settings.KafkaBrokers);
        Assert.Equal("order-events", settings.Topic);
    }

    [Theory]
    [InlineData("billing")]
    [InlineData("audit")]
    public void A_service_of_the_shop_is_named_by_its_first_argument(string argument)
    {
        var settings = ShopSettings.Read([argument], name => name == "KAFKA_BROKERS" ? "localhost:9092" : null);

        Assert.Equal(argument, settings.Role.ToString().ToLowerInvariant());
        Assert.Equal((argument, "order-events.billing.retry"), (settings.Group, settings.RetryTopic));
    }

    [Theory]
    [InlineData("")]
    [InlineData("shipping")]
    [InlineData("1")]
    public void Another_name_is_refused_with_those_that_are_known(string argument)
    {
        var error = Assert.Throws<ShopServices.InvalidSettingException>(() => ShopSettings.Read([argument], _ => "localhost:9092"));

        Assert.Contains("billing or audit", error.Message, StringComparison.Ordinal);
    }
}
