using System.Diagnostics;
using Confluent.Kafka;
using Throughline.Propagation;

namespace Throughline.Kafka.Internal.Capture;

/// <summary>
/// Which sends and records have a span, and what the user's hooks add to it. A hook that throws or hangs changes nothing
/// for the caller; a filter that fails hides nothing.
/// </summary>
internal sealed class RecordHooks
{
    private readonly Func<TracedRecord, bool>? _filterSend;
    private readonly Func<TracedRecord, bool>? _filterProcess;
    private readonly Action<Activity, TracedRecord>? _enrichSend;
    private readonly Action<Activity, TracedRecord>? _enrichProcess;
    private readonly Hook _filteringSend;
    private readonly Hook _filteringProcess;
    private readonly Hook _enrichingSend;
    private readonly Hook _enrichingProcess;
    private readonly HookWatch? _watch;
    private readonly NameCache<bool>? _untracedTopics;

    /// <exception cref="ArgumentException">An option is not allowed; the message names it.</exception>
    internal RecordHooks(KafkaTracingOptions options)
    {
        const string Option = nameof(KafkaTracingOptions);
        OptionRefusal.ThrowUnlessUpToTenSeconds($"{Option}.{nameof(options.HookTimeMax)}", options.HookTimeMax);
        var untraced = GlobList.Parse(options.UntracedTopics, ignoresCase: false, $"{Option}.{nameof(options.UntracedTopics)}");
        _untracedTopics = untraced.IsEmpty ? null : new(topic => untraced.Matches(topic));
        _filterSend = options.FilterSend;
        _filterProcess = options.FilterProcess;
        _enrichSend = options.EnrichSend;
        _enrichProcess = options.EnrichProcess;
        _filteringSend = new("hook.filter_send", options.HookTimeMax);
        _filteringProcess = new("hook.filter_process", options.HookTimeMax);
        _enrichingSend = new("hook.enrich_send", options.HookTimeMax);
        _enrichingProcess = new("hook.enrich_process", options.HookTimeMax);
        var any = (Delegate?)_filterSend ?? (Delegate?)_filterProcess ?? (Delegate?)_enrichSend ?? _enrichProcess;
        _watch = any is null ? null : new(options.HookTimeMax);
    }

    /// <summary>Whether nothing about a topic has a span.</summary>
    internal bool Hides(string? topic) => _untracedTopics is not null && topic is not null && _untracedTopics.Of(topic);

    internal bool Traces<TKey, TValue>(in Destination to, Message<TKey, TValue> message) => !Hides(to.Topic)
        && (_filterSend is null || Ask(_filteringSend, _filterSend, TypedContent<TKey, TValue>.Of(to, message)));

    internal bool Traces<TKey, TValue>(ConsumeResult<TKey, TValue> result) => !Hides(result.Topic)
        && (_filterProcess is null || Ask(_filteringProcess, _filterProcess, TypedContent<TKey, TValue>.Of(result)));

    internal void Enrich<TKey, TValue>(Activity activity, in Destination to, Message<TKey, TValue> message)
    {
        if (_enrichSend is not null)
        {
            Call(_enrichingSend, _enrichSend, activity, TypedContent<TKey, TValue>.Of(to, message));
        }
    }

    internal void Enrich<TKey, TValue>(Activity activity, ConsumeResult<TKey, TValue> result)
    {
        if (_enrichProcess is not null)
        {
            Call(_enrichingProcess, _enrichProcess, activity, TypedContent<TKey, TValue>.Of(result));
        }
    }

    private bool Ask(Hook hook, Func<TracedRecord, bool> filter, in TracedRecord record)
    {
        if (_watch!.TryBegin(hook) is not { } call)
        {
            return true;
        }

        try
        {
            using (AmbientGuard.Take())
            {
                return filter(record);
            }
        }
        catch (Exception exception)
        {
            call.Threw(exception);
            return true;
        }
        finally
        {
            call.End();
        }
    }

    private void Call(Hook hook, Action<Activity, TracedRecord> enrichment, Activity activity, in TracedRecord record)
    {
        if (_watch!.TryBegin(hook) is not { } call)
        {
            return;
        }

        try
        {
            using (AmbientGuard.Take())
            {
                enrichment(activity, record);
            }
        }
        catch (Exception exception)
        {
            call.Threw(exception);
        }
        finally
        {
            call.End();
        }
    }
}
