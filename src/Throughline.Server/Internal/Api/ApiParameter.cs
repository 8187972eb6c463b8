namespace Throughline.Server.Internal.Api;

/// <summary>A parameter of the API: what checks a request and describes it in OpenAPI is this one declaration.</summary>
internal sealed record ApiParameter(string Name, ParameterType Type, string About)
{
    public bool IsInPath { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Given several times, it counts each time.</summary>
    public bool Repeats { get; init; }

    /// <summary>Of an integer.</summary>
    public long Min { get; init; }

    /// <summary>Of an integer.</summary>
    public long Max { get; init; } = long.MaxValue;

    /// <summary>Of an integer.</summary>
    public long? Default { get; init; }

    /// <summary>Of a <see cref="ParameterType.Word"/>.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>What is allowed, for whoever sent something else.</summary>
    public string Allowed => Type switch
    {
        ParameterType.Integer when Max == long.MaxValue => $"a whole number from {Min}",
        ParameterType.Integer => $"a whole number from {Min} to {Max}",
        ParameterType.Duration => $"a duration with its unit, such as 500ms; units are {Query.DurationText.Units}",
        ParameterType.Time => "RFC 3339, Unix nanoseconds, now, or a duration before now such as -15m",
        ParameterType.Word => string.Join(", ", Words),
        ParameterType.TraceId => "1 to 32 hex digits that are not all zero",
        ParameterType.Pair => "an attribute's name, =, and its value",
        _ => "text",
    };
}
