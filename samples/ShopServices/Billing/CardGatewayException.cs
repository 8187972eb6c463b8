namespace ShopServices.Billing;

/// <summary>The payment provider did not answer; it may the next time.</summary>
internal sealed class CardGatewayException(string message) : Exception(message);
