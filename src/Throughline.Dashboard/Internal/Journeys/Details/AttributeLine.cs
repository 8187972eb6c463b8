namespace Throughline.Dashboard.Internal.Journeys.Details;

/// <summary>An attribute as the panel shows it.</summary>
/// <param name="Group">What it is about.</param>
/// <param name="Word">Kafka's word for it; null where it has only its name.</param>
/// <param name="Name">Its name, as sent.</param>
/// <param name="Value">Its value.</param>
/// <param name="UnixNs">The same as a time, where it is one.</param>
internal sealed record AttributeLine(AttributeGroup Group, string? Word, string Name, string Value, long? UnixNs);
