using System.Text;
using System.Text.Json;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Records;

/// <summary>Opens a trace, gzip or not, and tells which kind it is by its first line.</summary>
internal static class TraceFile
{
    /// <summary>The requests of the file, and whether they carry the instants at which they really happened.</summary>
    public static (IEnumerable<PromptRequest> Requests, bool HasInstants) Open(string path, CommandHost host, int blockTokens)
    {
        IEnumerator<string> lines = Lines(path, host).GetEnumerator();
        string? first = lines.MoveNext() ? lines.Current : null;
        IEnumerable<string> all = first is null ? [] : Chain(first, lines);
        return first is not null && IsConversation(first)
            ? (ConversationLog.Read(all), true)
            : (MooncakeTrace.Read(all, blockTokens), false);
    }

    /// <summary>The lines of a file, gzip or not.</summary>
    public static IEnumerable<string> Lines(string path, CommandHost host)
    {
        using StreamReader reader = new(RecordFile.Open(path, host), Encoding.UTF8);
        while (reader.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static IEnumerable<string> Chain(string first, IEnumerator<string> rest)
    {
        using (rest)
        {
            yield return first;
            while (rest.MoveNext())
            {
                yield return rest.Current;
            }
        }
    }

    private static bool IsConversation(string line)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("at", out _);
        }
        catch (JsonException)
        {
            return false; // the reader says on which line
        }
    }
}
