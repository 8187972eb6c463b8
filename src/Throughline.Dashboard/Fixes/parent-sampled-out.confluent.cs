// Where a trace begins, a tenth is taken; everybody else follows the parent's decision.
using var traces = Sdk.CreateTracerProviderBuilder()
    .AddSource("Orders")
    .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(0.1)))
    .AddOtlpExporter()
    .Build();
