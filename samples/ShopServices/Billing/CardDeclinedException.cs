namespace ShopServices.Billing;

/// <summary>The card's bank said no, and would say so again.</summary>
internal sealed class CardDeclinedException(string message) : Exception(message);
