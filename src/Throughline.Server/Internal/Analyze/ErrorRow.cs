namespace Throughline.Server.Internal.Analyze;

/// <summary>How often something failed in one way.</summary>
/// <param name="Topic">Empty where it was not about a topic.</param>
/// <param name="Group">Empty where it was not a group's.</param>
/// <param name="ErrorType"><c>unknown</c> where spans do not tell it.</param>
/// <param name="Operation">The messaging operation, else the span's kind.</param>
/// <param name="Count">Weighted.</param>
/// <param name="Spans">How many spans were seen.</param>
internal sealed record ErrorRow(
    string Service, string Topic, string Group, string ErrorType, string Operation, double Count, double Spans);
