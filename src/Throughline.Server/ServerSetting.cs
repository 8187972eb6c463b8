namespace Throughline.Server;

/// <summary>One setting of the server: its names, what it means, and how its text is read.</summary>
public sealed class ServerSetting
{
    internal ServerSetting(
        string name, string value, string description, Func<ThroughlineServerOptions, string> show, Action<ThroughlineServerOptions, string> read)
    {
        Name = name;
        Value = value;
        Description = description;
        Show = show;
        Read = read;
    }

    /// <summary>As a key of the file and, behind <c>--</c>, as a flag: <c>store-size-max</c>.</summary>
    public string Name { get; }

    /// <summary>As a variable of the environment: <c>THROUGHLINE_STORE_SIZE_MAX</c>.</summary>

    public string Variable => "THROUGHLINE_" + Name.ToUpperInvariant().Replace('-', '_');


    /// <summary>What its value is, for help: <c>SIZE</c>, <c>TIME</c>, <c>PORT</c>…</summary>
    public string Value { get; }

    /// <summary>One or two sentences; a limit's says what happens at it.</summary>
    public string Description { get; }

    /// <summary>The default, as it would be written; empty for none.</summary>
    public string Default => Show(new ThroughlineServerOptions());

    /// <summary>Whether the value must not be shown to anybody.</summary>
    public bool IsSecret { get; internal init; }

    internal Func<ThroughlineServerOptions, string> Show { get; }

    internal Action<ThroughlineServerOptions, string> Read { get; }
}
