namespace Throughline.Dashboard.Internal.Shell;

/// <summary>Where a screen is.</summary>
/// <param name="Path">A route pattern.</param>
/// <param name="Screen">The component, a <see cref="Shell.Screen"/>.</param>
/// <param name="Title">What it is called where it does not say so itself.</param>
internal sealed record ScreenRoute(string Path, Type Screen, string Title)
{
    /// <summary>Its line in the navigation; null where a screen is reached from others only.</summary>
    public string? Navigation { get; init; }

    /// <summary>The navigation's line that it belongs to, where it has none of its own.</summary>
    public string? Under { get; init; }

    /// <summary>Its script module below <c>js/screens</c>, or null.</summary>
    public string? Script { get; init; }

    /// <summary>Its styles below <c>css</c>, or null.</summary>
    public string? Style { get; init; }

    /// <summary>Whether it follows what comes in.</summary>
    public bool IsLive { get; init; } = true;

    /// <summary>Whether it is about a range of time that the reader chooses.</summary>
    public bool HasRange { get; init; } = true;
}
