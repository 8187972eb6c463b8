namespace Throughline.Server.Internal.Otlp;

/// <summary>The bytes are not what they are said to be. The message names the cause, and is meant for who sent them.</summary>
internal sealed class MalformedOtlpException(string message) : FormatException(message);
