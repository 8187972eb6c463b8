using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Context.Propagation;
using Throughline.Propagation.Internal;

namespace Throughline.Propagation;

/// <summary>
/// Reads and writes messages' context with the propagators in force: one given here, else the one set on the SDK,
/// else OTEL_PROPAGATORS, else the W3C's. Thread-safe. Neither injecting nor extracting ever throws.
/// </summary>
public sealed class ContextPropagator
{
    private readonly Func<TextMapPropagator> _source;
    private readonly Func<TextMapPropagator, TextMapPropagator> _rule;
    private readonly Refusals _refusals;
    private readonly W3CCodec _w3c;
    private readonly ForeignCodec _foreign;

    // Replaced as a whole when the source hands out another propagator; racing writers decide the same.
    private InForce? _inForce;

    /// <summary>A propagator that is that one, whatever the SDK or the environment say.</summary>
    public ContextPropagator(TextMapPropagator propagator)
        : this(propagator, Refusals.Shared)
    {
    }

    internal ContextPropagator(TextMapPropagator propagator, Refusals refusals)
        : this(() => propagator, source => source, refusals)
    {
        ArgumentNullException.ThrowIfNull(propagator);
    }

    private ContextPropagator(Func<TextMapPropagator> source, Func<TextMapPropagator, TextMapPropagator> rule, Refusals refusals)
    {
        _source = source;
        _rule = rule;
        _refusals = refusals;
        _w3c = new W3CCodec(refusals);
        _foreign = new ForeignCodec(refusals);
    }

    /// <summary>Gets the one that follows the SDK and, where nobody chose a propagator there, OTEL_PROPAGATORS.</summary>
    public static ContextPropagator Default { get; } = Following(
        static () => Propagators.DefaultTextMapPropagator,
        static () => Environment.GetEnvironmentVariable(ConfiguredPropagators.Variable),
        Refusals.Shared);

    /// <summary>Gets whether nothing is injected and nothing extracted (<c>none</c>).</summary>
    public bool InjectsNothing => Current().InjectsNothing;

    /// <summary>Whether that is the name of a header that an inject would replace, or drop as stale.</summary>
    public bool IsContextHeader(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return Current().IsContextHeader(name);
    }

    /// <summary>
    /// Writes the context into the carrier in the place of any that it had: with a trace, every stale trace and
    /// baggage header goes; with baggage only, only baggage is replaced; with neither, the carrier stays as it is.
    /// </summary>
    /// <param name="context">The span that the message comes from; default for none.</param>
    /// <param name="baggage">The baggage to send along.</param>
    /// <param name="carrier">The message's headers.</param>
    /// <param name="carrierIsClean">
    /// The caller vouches that the carrier holds no <see cref="IsContextHeader">context header</see>, for example since
    /// it left them out when it copied the headers: then nothing stale is looked for.
    /// </param>
    public void Inject<TCarrier>(in ActivityContext context, in Baggage baggage, TCarrier carrier, bool carrierIsClean = false)
        where TCarrier : IHeaderCarrier
    {
        InForce inForce = Current();
        if (inForce.InjectsNothing)
        {
            return;
        }

        try
        {
            if (inForce.Parts != W3CParts.None)
            {
                _w3c.Inject(inForce.Parts, context, baggage, carrier, carrierIsClean);
            }
            else
            {
                _foreign.Inject(inForce, context, baggage, carrier, carrierIsClean);
            }
        }
        catch (Exception fault)
        {
            _refusals.Count(RefusalCause.CarrierFailed, $"{typeof(TCarrier)} threw {fault.GetType()}");
            Withdraw(inForce, context, carrier);
        }
    }

    /// <summary>Reads what the message carries; what is malformed is left out and counted.</summary>
    /// <param name="carrier">The message's headers.</param>
    public ExtractedContext Extract<TCarrier>(TCarrier carrier)
        where TCarrier : IHeaderCarrier
    {
        InForce inForce = Current();
        if (inForce.InjectsNothing)
        {
            return default;
        }

        try
        {
            return inForce.Parts != W3CParts.None
                ? _w3c.Extract(inForce.Parts, carrier)
                : _foreign.Extract(inForce.Ruling, carrier);
        }
        catch (Exception fault)
        {
            _refusals.Count(RefusalCause.CarrierFailed, $"{typeof(TCarrier)} threw {fault.GetType()}");
            return default;
        }
    }

    /// <summary>One that follows an SDK's propagator and, where nobody chose that, the setting, which is read once.</summary>
    internal static ContextPropagator Following(Func<TextMapPropagator> sdk, Func<string?> setting, Refusals refusals)
    {
        Lazy<TextMapPropagator> configured = new(() => Configured(setting(), refusals));
        return new ContextPropagator(sdk, source => SdkDefault.Is(source) ? configured.Value : source, refusals);
    }

    private static TextMapPropagator Configured(string? setting, Refusals refusals)
    {
        ConfiguredPropagators configured = ConfiguredPropagators.Parse(setting);
        if (configured.Refused.Count > 0)
        {
            string refused = string.Join(", ", configured.Refused);
            refusals.Count(
                RefusalCause.PropagatorUnknown,
                $"{ConfiguredPropagators.Variable}: {refused}; allowed are {ConfiguredPropagators.Allowed} (none only on its own)");
        }

        return configured.Propagator;
    }

    private InForce Current()
    {
        TextMapPropagator source = _source();
        InForce? inForce = _inForce;
        if (inForce is null || !ReferenceEquals(inForce.Source, source))
        {
            _inForce = inForce = InForce.Of(source, _rule(source));
        }

        return inForce;
    }

    private static void Withdraw<TCarrier>(InForce inForce, in ActivityContext context, TCarrier carrier)
        where TCarrier : IHeaderCarrier
    {
        try
        {
            inForce.RemoveStale(TraceParent.From(context).IsValid, hasBaggage: true, carrier);
        }
        catch (Exception)
        {
            // Counted already: a carrier that can neither be written nor cleared is left as it is.
        }
    }
}
