using System.Text;

namespace Throughline.TestServers;

/// <summary>What a process writes, line by line.</summary>
public sealed class CliStream
{
    private readonly StringBuilder _text = new();
    private TaskCompletionSource _line = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CliStream(StreamReader reader) => Ended = ReadAsync(reader);

    public Task Ended { get; }

    public string Text
    {
        get
        {
            lock (_text)
            {
                return _text.ToString();
            }
        }
    }

    /// <summary>Waits until the text was written.</summary>
    public async Task WaitForAsync(string text, TimeSpan atMost)
    {
        using var limit = new CancellationTokenSource(atMost);
        while (!Text.Contains(text, StringComparison.Ordinal))
        {
            var line = Volatile.Read(ref _line).Task;
            if (Text.Contains(text, StringComparison.Ordinal))
            {
                return;
            }

            Assert.False(Ended.IsCompleted, $"It ended, and never said '{text}', but:\n{Text}");
            await Task.WhenAny(line, Ended).WaitAsync(limit.Token);
        }
    }

    private async Task ReadAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            lock (_text)
            {
                _text.Append(line).Append('\n');
            }

            Interlocked.Exchange(ref _line, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        }
    }
}
