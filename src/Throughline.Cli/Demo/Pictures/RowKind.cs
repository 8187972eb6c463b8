namespace Throughline.Cli.Demo.Pictures;

/// <summary>What a row of a waterfall shows.</summary>
internal enum RowKind
{
    /// <summary>A span.</summary>
    Work,

    /// <summary>A record's time in its topic, which is nobody's work.</summary>
    Wait,

    /// <summary>The place where the trace ends and another begins.</summary>
    Cut,
}
