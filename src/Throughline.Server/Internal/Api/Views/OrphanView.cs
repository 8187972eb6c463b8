using Throughline.Server.Internal.Analyze;
using Throughline.Server.Internal.Assemble;

namespace Throughline.Server.Internal.Api.Views;

/// <summary>Orphans of one cause, and what to do about them.</summary>
/// <param name="Cause">Why they miss a parent or a context.</param>
/// <param name="Service">Whose spans they are.</param>
/// <param name="Topic">Empty where the spans tell none.</param>
/// <param name="Count">Weighted by sampling.</param>
/// <param name="Spans">How many were seen.</param>
/// <param name="Fix">What to do.</param>
/// <param name="Examples">The latest, each with what was seen.</param>
internal sealed record OrphanView(
    OrphanCause Cause, string Service, string Topic, double Count, double Spans, OrphanFix Fix, IReadOnlyList<Example> Examples)
{
    public static Answer<OrphanView> Of(Answer<OrphanRow> answer) => new(
        answer.Range,
        [.. answer.Rows.Select(r => new OrphanView(
            r.Cause, r.Service, r.Topic, r.Count, r.Spans, OrphanAdvice.For(r.Cause, ClientFamily.Other), r.Examples))],
        answer.IsCutShort);
}
