namespace Throughline.Dashboard.Internal.Journeys.Details;

/// <summary>What an attribute is about, in Kafka's words.</summary>
internal enum AttributeGroup
{
    Record = 0,
    Client,
    Handler,
    Other,
}
