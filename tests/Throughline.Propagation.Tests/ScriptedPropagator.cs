using OpenTelemetry.Context.Propagation;

namespace Throughline.Propagation.Tests;

/// <summary>A user's propagator, whose behaviour each test writes.</summary>
internal sealed class ScriptedPropagator : TextMapPropagator
{
    public ISet<string>? Names { get; init; }

    public Func<ISet<string>?>? FieldsScript { get; init; }

    public Action<PropagationContext, Action<string, string>>? InjectScript { get; init; }

    public Func<PropagationContext, Func<string, IEnumerable<string>?>, PropagationContext>? ExtractScript { get; init; }

    public int Calls { get; private set; }

    public override ISet<string>? Fields => FieldsScript is null ? Names : FieldsScript();

    public override void Inject<T>(PropagationContext context, T carrier, Action<T, string, string> setter)
    {
        Calls++;
        InjectScript?.Invoke(context, (name, value) => setter(carrier, name, value));
    }

    public override PropagationContext Extract<T>(PropagationContext context, T carrier, Func<T, string, IEnumerable<string>?> getter)
    {
        Calls++;
        return ExtractScript?.Invoke(context, name => getter(carrier, name)) ?? context;
    }
}
