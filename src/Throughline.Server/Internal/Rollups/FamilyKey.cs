namespace Throughline.Server.Internal.Rollups;

/// <summary>What a family of series is about; which of the names are used depends on the kind.</summary>
internal readonly record struct FamilyKey(FamilyKind Kind, string First, string Second = "", string Third = "")
{
    /// <summary>Takes what no family of its own can be had for.</summary>
    public const string Other = "other";

    public static FamilyKey Group(string cluster, string topic, string group) => new(FamilyKind.Group, cluster, topic, group);

    public static FamilyKey Topic(string cluster, string topic) => new(FamilyKind.Topic, cluster, topic);

    public static FamilyKey GroupPartitions(string cluster, string topic, string group) =>
        new(FamilyKind.GroupPartitions, cluster, topic, group);

    public static FamilyKey TopicPartitions(string cluster, string topic) => new(FamilyKind.TopicPartitions, cluster, topic);

    public static FamilyKey Service(string service) => new(FamilyKind.Service, service);

    public static FamilyKey Path(string path) => new(FamilyKind.Path, path);

    public static FamilyKey Call(string caller, string callee) => new(FamilyKind.Call, caller, callee);

    public static FamilyKey OtherOf(FamilyKind kind) => kind switch
    {
        FamilyKind.Group or FamilyKind.GroupPartitions => new(kind, "", Other, Other),
        FamilyKind.Topic or FamilyKind.TopicPartitions => new(kind, "", Other),
        FamilyKind.Call => new(kind, Other, Other),
        _ => new(kind, Other),
    };
}
