using System.Buffers;

namespace Throughline.Testing.Internal;

/// <summary>Kafka's rule for topic names, which the mock brokers do not check themselves.</summary>
internal static class TopicName
{
    private const int LengthMax = 249;

    private static readonly SearchValues<char> Allowed =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-");

    public static void Require(string name, string argument)
    {
        ArgumentNullException.ThrowIfNull(name, argument);
        if (name.Length is 0 or > LengthMax || name is "." or ".." || name.AsSpan().ContainsAnyExcept(Allowed))
        {
            throw new ArgumentException(
                $"{argument} is \"{name}\"; allowed are 1 to {LengthMax} of a-z, A-Z, 0-9, '.', '_' and '-', "
                + "but neither \".\" nor \"..\".",
                argument);
        }
    }
}
