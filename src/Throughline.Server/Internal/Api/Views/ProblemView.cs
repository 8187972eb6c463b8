namespace Throughline.Server.Internal.Api.Views;

/// <summary>Why a request was refused: RFC 9457's problem, with what is at fault.</summary>
internal sealed record ProblemView(
    string Type, string Title, int Status, string Detail, string? Parameter, string? Value, string? Allowed, int? Line, int? Column);
