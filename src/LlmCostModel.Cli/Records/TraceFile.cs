using System.Text.Json;
using LlmCostModel.Logs;
using LlmCostModel.Planning;

namespace LlmCostModel.Cli.Records;

/// <summary>Opens a trace, gzip or not, and tells which kind it is by its first line.</summary>
internal static class TraceFile
{
    private const string Shapes = "A trace has timestamp, input_length, output_length and hash_ids in every line, a conversation log has "
        + "at, conversation, input and output, or at, messages and output. 'llmcost price' reads usage records and responses.";

    /// <summary>The requests of the file, and whether they carry the instants at which they really happened.</summary>
    public static (IEnumerable<PromptRequest> Requests, bool HasInstants) Open(string path, CommandHost host, int blockTokens)
    {
        IEnumerator<string> lines = LogFiles.ReadLines(InputFile.Open(path, host), path).GetEnumerator();
        string? first = lines.MoveNext() ? lines.Current : null;
        if (first is null)
        {
            throw new CliException($"{path} is empty. {Shapes}");
        }

        IEnumerable<string> all = Chain(first, lines);
        return KindOf(first, path) ? (Named(path, ConversationLog.Read(all)), true)
            : (Named(path, MooncakeTrace.Read(all, blockTokens)), false);
    }

    /// <summary>Says of a fault in which file it is.</summary>
    private static IEnumerable<PromptRequest> Named(string path, IEnumerable<PromptRequest> requests)
    {
        using IEnumerator<PromptRequest> all = requests.GetEnumerator();
        while (true)
        {
            try
            {
                if (!all.MoveNext())
                {
                    yield break;
                }
            }
            catch (FormatException exception)
            {
                throw new CliException($"{path}: {exception.Message}");
            }

            yield return all.Current;
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

    /// <summary>Whether a file is a conversation log; if not, it is a trace.</summary>
    /// <exception cref="CliException">It is neither.</exception>
    private static bool KindOf(string line, string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                string[] names = [.. document.RootElement.EnumerateObject().Select(member => member.Name)];
                bool isConversation = names.Contains("at") && (names.Contains("conversation") || names.Contains("messages"));
                bool isTrace = names.Contains("timestamp") || names.Contains("hash_ids");
                return isConversation || isTrace
                    ? isConversation
                    : throw new CliException($"{path} is neither a trace nor a conversation log: its first line has "
                        + $"{string.Join(", ", names.Take(8))}{(names.Length > 8 ? ", ..." : "")}. {Shapes}");
            }
        }
        catch (JsonException)
        {
            // Told below: no line of either is like this.
        }

        throw new CliException($"{path} is neither a trace nor a conversation log: its first line is not a JSON object. {Shapes}");
    }
}
