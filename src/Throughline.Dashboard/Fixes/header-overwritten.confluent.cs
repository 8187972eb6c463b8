// The copy's headers: all but the old context, then that of this send.
var headers = new Headers();
foreach (var header in record.Message.Headers.Where(header => header.Key is not ("traceparent" or "tracestate" or "baggage")))
{
    headers.Add(header.Key, header.GetValueBytes());
}

using var send = Source.StartActivity("send orders.checked", ActivityKind.Producer);
Propagators.DefaultTextMapPropagator.Inject(
    new PropagationContext(Activity.Current?.Context ?? default, Baggage.Current),
    headers,
    static (headers, name, value) => headers.Add(name, Encoding.UTF8.GetBytes(value)));
await producer.ProduceAsync(
    "orders.checked",
    new Message<string, string> { Key = record.Message.Key, Value = record.Message.Value, Headers = headers },
    stopping);
