namespace Throughline.Server.Load.Generation;

/// <summary>A topic.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Consumers">Each with a group of its own.</param>
/// <param name="Offsets">The next one of each partition.</param>
internal sealed record TopicShape(string Name, IReadOnlyList<ServiceShape> Consumers, long[] Offsets)
{
    public (int Partition, long Offset) Append(Random random)
    {
        var partition = random.Next(Offsets.Length);
        return (partition, Offsets[partition]++);
    }
}
