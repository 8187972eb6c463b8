namespace ShopServices;

/// <summary>An argument or environment variable is missing or wrong; the message names it and says what it should be.</summary>
internal sealed class InvalidSettingException(string message) : Exception(message);
