namespace Throughline.Server.Internal.Store;

/// <summary>There is no space for more: the message says which limit, how much is used, and what is allowed.</summary>
internal sealed class StoreFullException(string message, Exception? inner = null) : IOException(message, inner);
