namespace Throughline.Cli.Demo.Otlp;

/// <summary>A span's kind, numbered as OTLP numbers it.</summary>
internal enum TraceSpanKind
{
    Unspecified = 0,
    Internal = 1,
    Server = 2,
    Client = 3,
    Producer = 4,
    Consumer = 5,
}
