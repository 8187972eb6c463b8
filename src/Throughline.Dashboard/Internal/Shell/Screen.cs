using Microsoft.AspNetCore.Components;

namespace Throughline.Dashboard.Internal.Shell;

/// <summary>One of the dashboard's pages. Rendered to text for each request; everything it shows follows from the address.</summary>
public abstract class Screen : ComponentBase
{
    [Inject]
    internal PageRequest Request { get; set; } = default!;
}
