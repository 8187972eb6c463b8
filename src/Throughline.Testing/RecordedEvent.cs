namespace Throughline.Testing;

/// <summary>An event within a recorded span.</summary>
/// <param name="Name">The event's name.</param>
/// <param name="Time">When it happened, in UTC.</param>
/// <param name="Tags">The event's own attributes.</param>
public sealed record RecordedEvent(string Name, DateTimeOffset Time, IReadOnlyDictionary<string, object?> Tags);
