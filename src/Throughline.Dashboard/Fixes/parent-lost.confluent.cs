// A larger queue, and a provider that is disposed as the program ends: that sends what is in it.
using var traces = Sdk.CreateTracerProviderBuilder()
    .AddSource("Orders")
    .AddOtlpExporter(options => options.BatchExportProcessorOptions.MaxQueueSize = 8192)
    .Build();
