using Confluent.Kafka;

namespace Throughline.Kafka.Internal.Failures;

/// <summary>What an exception says of itself: for one that the client made of a deserializer's, the deserializer's.</summary>
internal static class FailureText
{
    /// <summary>What was left out.</summary>
    internal static string Trimmed(HeaderDetail detail) => detail switch
    {
        HeaderDetail.WithoutStack => "stack",
        HeaderDetail.PlaceOnly => "details",
        _ => "all",
    };

    internal static string TypeOf(Exception failure) => Cause(failure).GetType().FullName ?? Cause(failure).GetType().Name;

    // A user's exception may throw where it is asked for its text.
    internal static string MessageOf(Exception failure)
    {
        try
        {
            return Cause(failure).Message ?? string.Empty;
        }
        catch (Exception exception)
        {
            Faults.Contain("failure.message", exception);
            return string.Empty;
        }
    }

    internal static string StackOf(Exception failure)
    {
        try
        {
            return Cause(failure).ToString() ?? string.Empty;
        }
        catch (Exception exception)
        {
            Faults.Contain("failure.stack", exception);
            return string.Empty;
        }
    }

    private static Exception Cause(Exception failure) =>
        failure is ConsumeException { InnerException: { } deserializers } ? deserializers : failure;
}
