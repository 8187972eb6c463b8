using System.Diagnostics;

namespace Throughline.Kafka.Hosting.Tests;

internal sealed record HandledRecord(string Value, int Scope, ActivityTraceId TraceId);
