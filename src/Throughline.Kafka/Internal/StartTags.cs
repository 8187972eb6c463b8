using System.Collections;

namespace Throughline.Kafka.Internal;

/// <summary>
/// The attributes that spans of one shape start with, in the form that StartActivity wants. It walks them once a span:
/// over an array that costs an enumerator each time (32 B), so each thread keeps the one it used last.
/// </summary>
internal sealed class StartTags(KeyValuePair<string, object?>[] tags) : IEnumerable<KeyValuePair<string, object?>>
{
    public IEnumerator<KeyValuePair<string, object?>> GetEnumerator() => Walk.Over(SamplerLook.Walks() ? [] : tags);

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private sealed class Walk : IEnumerator<KeyValuePair<string, object?>>
    {
        // Per thread, and not per shape: threads that send to one topic must not wait for each other.
        [ThreadStatic]
        private static Walk? _spare;

        private KeyValuePair<string, object?>[] _tags = [];
        private int _at;

        public KeyValuePair<string, object?> Current => _tags[_at];

        object IEnumerator.Current => Current;

        internal static Walk Over(KeyValuePair<string, object?>[] tags)
        {
            var walk = _spare ?? new();

            // A sampler may walk while another walk of its thread is under way.
            _spare = null;
            walk._tags = tags;
            walk._at = -1;
            return walk;
        }

        public bool MoveNext() => ++_at < _tags.Length;

        public void Reset() => _at = -1;

        public void Dispose() => _spare = this;
    }
}
