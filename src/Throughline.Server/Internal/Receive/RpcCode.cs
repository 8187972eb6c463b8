namespace Throughline.Server.Internal.Receive;

/// <summary>google.rpc.Code, as far as it is used: gRPC's status numbers, and those in the bodies of HTTP's refusals.</summary>
internal enum RpcCode
{
    Ok = 0,
    Cancelled = 1,
    InvalidArgument = 3,
    DeadlineExceeded = 4,
    ResourceExhausted = 8,
    Unimplemented = 12,
    Internal = 13,
    Unavailable = 14,
}
