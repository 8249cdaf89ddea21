using System.Text;
using System.Text.Json;

namespace LlmCostModel.Logs;

/// <summary>Reads the answers of a stream, as its pieces come: several may follow one another.</summary>
/// <param name="api">The API that the pieces are of.</param>
internal sealed class AnswerStream(ApiFormat api)
{
    private readonly UsageStreamReader _reader = new(api);

    /// <summary>Reads server-sent events. What follows a fault is not read.</summary>
    /// <returns>What each answer says, or why it cannot be read, and the line of the log on which its first event begins.</returns>
    internal IEnumerable<(UsageReading Reading, string? Fault, long Line)> ReadEvents(Stream stream)
    {
        byte[] buffer = new byte[1 << 16];
        EventLines lines = new();
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            for (int taken = 0; taken < read;)
            {
                ReadOnlyMemory<byte> line = lines.Take(buffer.AsMemory(taken, read - taken));
                taken += line.Length;
                string? fault = Try(() => _reader.Append(line.Span));
                foreach ((UsageReading reading, string? wrong) in Ended())
                {
                    yield return (reading, wrong, lines.Answer);
                    lines.BeginAnswer(); // with the event that ended the one before
                }

                if (fault is not null)
                {
                    yield return (default, $"{fault} What follows in the stream is not read.", lines.Answer);
                    yield break;
                }
            }
        }

        foreach ((UsageReading reading, string? wrong) in Finish())
        {
            yield return (reading, wrong, lines.Answer);
            lines.BeginAnswer();
        }
    }

    /// <summary>Reads the events of an answer that stand in an array.</summary>
    /// <returns>What each answer says, or why it cannot be read.</returns>
    internal IEnumerable<(UsageReading Reading, string? Fault)> ReadPieces(JsonElement pieces)
    {
        foreach (JsonElement piece in pieces.EnumerateArray())
        {
            if (Try(() => _reader.AppendEvent(Encoding.UTF8.GetBytes(piece.GetRawText()))) is { } fault)
            {
                return [(default, fault)];
            }
        }

        return Finish();
    }

    private IEnumerable<(UsageReading, string?)> Finish()
    {
        UsageReading last = default;
        string? fault = Try(() => last = _reader.Finish());
        foreach ((UsageReading, string?) answer in Ended())
        {
            yield return answer;
        }

        yield return (last, fault);
    }

    /// <summary>The answers that have ended, and that nobody has taken yet.</summary>
    private IEnumerable<(UsageReading, string?)> Ended()
    {
        while (true)
        {
            UsageReading reading = default;
            bool isTaken = false;
            string? fault = Try(() => isTaken = _reader.TryTakeAnswer(out reading));
            if (!isTaken && fault is null)
            {
                yield break;
            }

            yield return (reading, fault);
        }
    }

    /// <summary>Why something cannot be read; <see langword="null"/> when it can.</summary>
    private static string? Try(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (UsageFormatException exception)
        {
            return exception.Message;
        }
    }
}
