// Let a propagator write the header, in place of what is there.
Propagators.DefaultTextMapPropagator.Inject(
    new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
    headers,
    static (headers, name, value) =>
    {
        headers.Remove(name);
        headers.Add(name, Encoding.UTF8.GetBytes(value));
    });
