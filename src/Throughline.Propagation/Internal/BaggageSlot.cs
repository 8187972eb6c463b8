using OpenTelemetry;
using OpenTelemetry.Context;

namespace Throughline.Propagation.Internal;

/// <summary>
/// The async-local slot behind <see cref="Baggage.Current"/>, read and written as a whole: the holder in it is shared by
/// every flow forked from the one that made it, so setting <see cref="Baggage.Current"/> there changes them all.
/// </summary>
internal static class BaggageSlot
{
    private const string Name = "otel.baggage";

    // Reading Baggage.Current registers the slot. Where a future API renames it, baggage is set the plain way.
    private static readonly bool Reachable = Baggage.Current.Count >= 0 && IsReachable();

    /// <summary>The holder of this flow; <see langword="null"/> when it has none yet.</summary>
    internal static object? Holder => Reachable ? RuntimeContext.GetValue(Name) : null;

    internal static void SetHolder(object? holder)
    {
        if (Reachable)
        {
            RuntimeContext.SetValue(Name, holder);
        }
    }

    /// <summary>Gives this flow a holder of its own, with <paramref name="baggage"/> in it.</summary>
    internal static void SetFresh(in Baggage baggage)
    {
        SetHolder(null);
        Baggage.Current = baggage;
    }

    private static bool IsReachable()
    {
        try
        {
            RuntimeContext.GetValue(Name);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
