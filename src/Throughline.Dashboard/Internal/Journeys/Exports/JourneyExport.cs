using System.IO.Pipelines;

namespace Throughline.Dashboard.Internal.Journeys.Exports;

/// <summary>A form in which a journey leaves the dashboard.</summary>
/// <param name="Name">In addresses.</param>
/// <param name="Words">On the page.</param>
/// <param name="ContentType">HTTP's.</param>
/// <param name="Extension">Of the file.</param>
/// <param name="WriteAsync">Writes it.</param>
internal sealed record JourneyExport(
    string Name, string Words, string ContentType, string Extension, Func<PipeWriter, LaidOutJourney, CancellationToken, Task> WriteAsync);
