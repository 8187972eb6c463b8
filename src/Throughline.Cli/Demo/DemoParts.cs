using Throughline.Cli.Demo.Answers;
using Throughline.Cli.Demo.Kafka;
using Throughline.Cli.Demo.Orders;
using Throughline.Cli.Demo.Otlp;
using Throughline.Cli.Demo.Services;

namespace Throughline.Cli.Demo;

/// <summary>What a run has started.</summary>
/// <param name="Topic">Where records go.</param>
/// <param name="Server">Gets everything.</param>
/// <param name="Receiver">Stands before it.</param>
/// <param name="Services">Those that run.</param>
/// <param name="Sender">Posts orders to the first of them.</param>
/// <param name="Spans">The way from the receiver to the server.</param>
/// <param name="Backend">The way to the user's backend; null for none.</param>
internal sealed record DemoParts(
    DemoTopic Topic,
    DemoServer Server,
    SpanReceiver Receiver,
    DemoServices Services,
    OrderSender Sender,
    OtlpForwarder Spans,
    OtlpForwarder? Backend);
