using Confluent.Kafka;

namespace Throughline.Testing.Internal;

/// <summary>Refuses arguments by name, with the value and what is allowed.</summary>
internal static class Require
{
    public static void That(bool condition, string name, string message)
    {
        if (!condition)
        {
            throw new ArgumentException(message, name);
        }
    }

    public static void InRange<T>(T value, T lowest, T highest, string name)
        where T : IComparable<T>
    {
        if (value.CompareTo(lowest) < 0 || value.CompareTo(highest) > 0)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; allowed are {lowest} to {highest}.");
        }
    }

    public static void Defined<T>(T value, string name)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            throw new ArgumentOutOfRangeException(
                name, value, $"{name} is {value}; allowed are {string.Join(", ", Enum.GetNames<T>())}.");
        }
    }

    /// <summary>What a broker can answer; librdkafka's own errors (negative) never travel, except as a closed connection.</summary>
    public static void ProtocolError(ErrorCode value, string name)
    {
        if (value < ErrorCode.Unknown && value != ErrorCode.Local_Transport)
        {
            throw new ArgumentOutOfRangeException(
                name,
                value,
                $"{name} holds {value}; allowed are errors of Kafka's protocol (-1 and above) and {ErrorCode.Local_Transport}.");
        }
    }
}
