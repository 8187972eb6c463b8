namespace Throughline.Testing.Internal;

/// <summary>xunit.v3 tells failed assertions from other exceptions by an interface of this name, in whatever namespace.</summary>
internal interface IAssertionException;
