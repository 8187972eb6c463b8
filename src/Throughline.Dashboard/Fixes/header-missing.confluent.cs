// Without a propagator nothing is written. Once, before the first send:
Sdk.SetDefaultTextMapPropagator(
    new CompositeTextMapPropagator([new TraceContextPropagator(), new BaggagePropagator()]));
