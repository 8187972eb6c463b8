using Confluent.Kafka;
using OpenTelemetry.Context.Propagation;

namespace Throughline.Benchmarks.Peer;

internal delegate bool PeerExtract(ConsumeResult<string, string> result, out PropagationContext context);
