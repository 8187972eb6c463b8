namespace Throughline.Kafka;

/// <summary>Why a redrive ended.</summary>
public enum RedriveEnd
{
    /// <summary>It has seen all letters that were there when it began.</summary>
    AllSeen,

    /// <summary>It has sent as many as <see cref="RedriveOptions.LettersMax"/> allows.</summary>
    LettersMax,

    /// <summary>It was cancelled; what it has done is committed.</summary>
    Cancelled,
}
