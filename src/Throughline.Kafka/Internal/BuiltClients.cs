using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Confluent.Kafka;

namespace Throughline.Kafka.Internal;

/// <summary>
/// Which tracing client stands before which inner one, so that the user's handlers are called with the client that the
/// user holds. The base builders look handlers up when they call them, so one handler serves every client built.
/// </summary>
/// <remarks>The weak table asks for a constructor that is never called: its clients are interfaces.</remarks>
internal sealed class BuiltClients<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TClient>
    where TClient : class, IClient
{
    private readonly ConditionalWeakTable<TClient, TClient> _tracing = [];

    internal void Add(TClient inner, TClient tracing) => _tracing.Add(inner, tracing);

    // Before Build has returned, a handler can only be given the inner client.
    internal TClient Of(TClient inner) => _tracing.TryGetValue(inner, out var tracing) ? tracing : inner;

    internal Action<TClient, T>? Chain<T>(Action<TClient, T>? handler) =>
        handler is null ? null : (inner, value) => handler(Of(inner), value);

    internal Func<TClient, T, TResult>? Chain<T, TResult>(Func<TClient, T, TResult>? handler) =>
        handler is null ? null : (inner, value) => handler(Of(inner), value);
}
