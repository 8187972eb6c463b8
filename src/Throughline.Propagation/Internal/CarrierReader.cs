namespace Throughline.Propagation.Internal;

/// <summary>
/// A carrier as a TextMapPropagator sees it: a class, so that a propagator's generic methods are shared code whatever
/// the carrier, and with the last value of each name only, so that every propagator takes the same one.
/// </summary>
internal sealed class CarrierReader<TCarrier>(TCarrier carrier)
    where TCarrier : IHeaderCarrier
{
    public IEnumerable<string> Get(string name) =>
        name is not null && carrier.TryGet(name, out HeaderValue value) ? [value.ToString()] : [];
}
