namespace Throughline.Server.Internal.Api.Views;

/// <summary>Names or values that stored spans have, those that most spans have first as far as known.</summary>
internal sealed record NamesView(IReadOnlyList<string> Items);
