namespace Throughline.Server.Internal.Store.Terms;

/// <summary>Numbers that each row has one of, on a <see cref="LogScale"/>.</summary>
internal enum LogColumn
{
    Duration = 0,
    Lag,
}
