// Disposed as the program ends: what is in the queue is sent, for five seconds at most.
using var telemetry = ThroughlineSdk.Start(options => options.ShutdownTimeout = TimeSpan.FromSeconds(5));
