using System.Globalization;

namespace Throughline.OpenTelemetry.Internal.Settings;

/// <summary>The variables that the OpenTelemetry SDK reads by itself, but whose wrong values it passes over in silence.</summary>
internal sealed class SdkSettingsReader(SettingReader reader)
{
    private const string Unset = "it counts as unset";

    private static readonly string[] Samplers =
    [
        "always_on", "always_off", "traceidratio", "parentbased_always_on", "parentbased_always_off", "parentbased_traceidratio",
    ];

    private readonly Dictionary<string, string?> _checked = new(StringComparer.Ordinal);

    /// <summary>All of them, checked: what the SDK is given in place of the environment.</summary>
    public IReadOnlyDictionary<string, string?> Checked()
    {
        Sampler();
        Pass(SettingNames.MetricsTemporality, "cumulative", "delta", "lowmemory");
        Pass(SettingNames.MetricsHistogram, "explicit_bucket_histogram", "base2_exponential_bucket_histogram");
        Pass(SettingNames.MetricsExemplarFilter, "always_on", "always_off", "trace_based");
        Retry();
        return _checked;
    }

    public BatchSettings Batch()
    {
        var byDefault = BatchSettings.Default;
        var queue = Positive(SettingNames.BatchQueueSizeMax, byDefault.QueueSizeMax);
        var batch = reader.Text(SettingNames.BatchSizeMax) is null
            ? Math.Min(byDefault.BatchSizeMax, queue)
            : reader.Number(SettingNames.BatchSizeMax, 1, queue, $"{Math.Min(byDefault.BatchSizeMax, queue)} is used")
                ?? Math.Min(byDefault.BatchSizeMax, queue);
        var timeout = reader.Timeout(SettingNames.BatchExportTimeout, $"{byDefault.ExportTimeoutMs} is used");
        return new(
            queue,
            batch,
            Positive(SettingNames.BatchScheduleDelay, byDefault.ScheduleDelayMs),
            timeout is null ? byDefault.ExportTimeoutMs : (int)timeout.Value.TotalMilliseconds);
    }

    public SpanLimits Limits()
    {
        var byDefault = SpanLimits.Default;
        var length = Limit(SettingNames.SpanAttributeLengthLimit) ?? Limit(SettingNames.AttributeLengthLimit);
        var general = Limit(SettingNames.AttributeCountLimit) ?? byDefault.AttributeCountMax;
        var attributes = Limit(SettingNames.SpanAttributeCountLimit) ?? general;
        return new(
            length ?? byDefault.AttributeLengthMax,
            attributes,
            Limit(SettingNames.SpanEventCountLimit) ?? byDefault.EventCountMax,
            Limit(SettingNames.SpanLinkCountLimit) ?? byDefault.LinkCountMax,
            Limit(SettingNames.EventAttributeCountLimit) ?? attributes,
            Limit(SettingNames.LinkAttributeCountLimit) ?? attributes);
    }

    public MetricReaderSettings MetricReader()
    {
        var timeout = reader.Timeout(SettingNames.MetricExportTimeout, "30000 is used");
        return new(
            Positive(SettingNames.MetricExportInterval, 60000),
            timeout is null ? 30000 : (int)timeout.Value.TotalMilliseconds);
    }

    private void Sampler()
    {
        const string byDefault = "parentbased_always_on";
        var value = reader.Text(SettingNames.TracesSampler);
        var sampler = Samplers.FirstOrDefault(name => string.Equals(name, value, StringComparison.OrdinalIgnoreCase));
        if (value is not null && sampler is null)
        {
            reader.Wrong(SettingNames.TracesSampler, value, "one of " + string.Join(", ", Samplers), byDefault + " is used");
        }

        _checked[SettingNames.TracesSampler] = sampler ?? byDefault;
        if (sampler is "traceidratio" or "parentbased_traceidratio")
        {
            _checked[SettingNames.TracesSamplerArg] = Ratio().ToString(CultureInfo.InvariantCulture);
        }
    }

    private double Ratio()
    {
        var value = reader.Text(SettingNames.TracesSamplerArg);
        if (value is null)
        {
            return 1;
        }

        if (double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var ratio) && ratio is >= 0 and <= 1)
        {
            return ratio;
        }

        reader.Wrong(SettingNames.TracesSamplerArg, value, "a number from 0 to 1 (the share of traces to keep)", "1.0 is used: every trace is kept");
        return 1;
    }

    private int Positive(string variable, int byDefault) =>
        reader.Number(variable, 1, int.MaxValue, $"{byDefault} is used") ?? byDefault;

    private int? Limit(string variable)
    {
        var limit = reader.Number(variable, 0, int.MaxValue, Unset);
        if (limit is not null)
        {
            _checked[variable] = limit.Value.ToString(CultureInfo.InvariantCulture);
        }

        return limit;
    }

    private void Pass(string variable, params string[] allowed)
    {
        (string Name, int Value)[] names = [.. allowed.Select((name, index) => (name, index))];
        if (reader.Choice(variable, names, Unset) is { } index)
        {
            _checked[variable] = allowed[index];
        }
    }

    /// <summary>The specification wants transient failures retried; the .NET SDK does so only when asked, and throws at a wrong answer.</summary>
    private void Retry()
    {
        Pass(SettingNames.SdkOtlpRetry, "in_memory", "disk");
        _checked.TryAdd(SettingNames.SdkOtlpRetry, "in_memory");
        var directory = reader.Text(SettingNames.SdkOtlpRetryDirectory);
        if (_checked[SettingNames.SdkOtlpRetry] == "disk" && directory is null)
        {
            reader.Wrong(SettingNames.SdkOtlpRetry, "disk", $"possible without {SettingNames.SdkOtlpRetryDirectory}", "in_memory is used");
            _checked[SettingNames.SdkOtlpRetry] = "in_memory";
        }

        _checked[SettingNames.SdkOtlpRetryDirectory] = directory;
    }
}
