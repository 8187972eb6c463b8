using System.Text;
using System.Text.Json;

namespace Throughline.Cli.Analyze;

/// <summary>Files of OTLP JSON: a request a line, as the Collector's file exporter writes them, or one request.</summary>
internal static class SpanFiles
{
    public static async Task FeedAsync(ClosedSet spans, IReadOnlyList<FileInfo> files, CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            if (await IsOneRequestAsync(file, cancellationToken))
            {
                // As text: a byte order mark, and blank lines, may stand before it.
                var text = await File.ReadAllTextAsync(file.FullName, cancellationToken);
                await spans.TakeAsync(Encoding.UTF8.GetBytes(text.Trim()), file.Name, cancellationToken);
                continue;
            }

            var number = 0;
            await foreach (var line in File.ReadLinesAsync(file.FullName, cancellationToken))
            {
                number++;
                if (!string.IsNullOrWhiteSpace(line))
                {
                    await spans.TakeAsync(
                        Encoding.UTF8.GetBytes(line.Trim()), $"{file.Name}, line {number},", cancellationToken);
                }
            }
        }
    }

    /// <summary>Whether the first line does not stand for itself: then the file is one document, printed over several.</summary>
    private static async Task<bool> IsOneRequestAsync(FileInfo file, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var line in File.ReadLinesAsync(file.FullName, cancellationToken))
            {
                if (!string.IsNullOrWhiteSpace(line))
                {
                    using var first = JsonDocument.Parse(line);
                    return false;
                }
            }

            return false;
        }
        catch (JsonException)
        {
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(ExitCodes.Usage, $"{file.FullName} cannot be read: {exception.Message}", exception);
        }
    }
}
