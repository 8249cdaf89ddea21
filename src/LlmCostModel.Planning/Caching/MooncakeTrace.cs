using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace LlmCostModel.Planning;

/// <summary>Reads traces in the form that Mooncake published: JSON lines of <c>timestamp</c> (ms), <c>input_length</c>,
/// <c>output_length</c> and <c>hash_ids</c>, one id per block of the prompt.</summary>
/// <remarks>https://github.com/kvcache-ai/Mooncake, FAST25-release (2025). Other members of a line are passed over.</remarks>
public static class MooncakeTrace
{
    /// <summary>The tokens of a block in Mooncake's own traces.</summary>
    public const int DefaultBlockTokens = 512;

    /// <summary>Reads requests line by line as they are enumerated.</summary>
    /// <param name="lines">The lines; blank ones are passed over.</param>
    /// <param name="blockTokens">The tokens of a block; the last block of a prompt may have fewer.</param>
    /// <returns>The requests, of <see cref="PromptRequest.WholeBlocks"/>; timestamp 0 is the start of 1970, which <see
    /// cref="PromptRequest.IsRelative">is no real instant</see>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="blockTokens"/> is less than 1.</exception>
    /// <exception cref="FormatException">While enumerating: a line is not such a request. The message names the line, the member, its value
    /// and the rule.</exception>
    public static IEnumerable<PromptRequest> Read(IEnumerable<string> lines, int blockTokens = DefaultBlockTokens)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentOutOfRangeException.ThrowIfLessThan(blockTokens, 1);
        return JsonLines.Read(lines, (line, number) => ReadLine(line, number, blockTokens));
    }

    private static PromptRequest ReadLine(JsonElement line, int number, int blockTokens)
    {
        long milliseconds = JsonLines.Count(line, "timestamp", number, max: 253_402_300_799_999);
        long input = JsonLines.Count(line, "input_length", number);
        long output = JsonLines.Count(line, "output_length", number);
        if (!line.TryGetProperty("hash_ids", out JsonElement ids) || ids.ValueKind != JsonValueKind.Array)
        {
            throw JsonLines.Fault(number, "hash_ids", "is missing or not an array. It lists one id per block of the prompt.");
        }

        int blocks = ids.GetArrayLength();
        if (blocks != (input / blockTokens) + (input % blockTokens == 0 ? 0 : 1))
        {
            throw JsonLines.Fault(
                number,
                "hash_ids",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"has {blocks} ids, which do not fit {input} tokens in blocks of {blockTokens}. Give the block size of the trace."));
        }

        PromptSegment[] prompt = new PromptSegment[blocks];
        int block = 0;
        foreach (JsonElement id in ids.EnumerateArray())
        {
            if (id.ValueKind != JsonValueKind.Number || !id.TryGetUInt64(out ulong content))
            {
                throw JsonLines.Fault(
                    number,
                    "hash_ids",
                    $"holds {id.GetRawText()}, which is not a whole number from 0 to {ulong.MaxValue}.");
            }

            prompt[block] = new() { Content = content, Tokens = Math.Min(blockTokens, input - ((long)block * blockTokens)) };
            block++;
        }

        return new()
        {
            At = DateTimeOffset.UnixEpoch.AddMilliseconds(milliseconds),
            IsRelative = true,
            Prompt = ImmutableCollectionsMarshal.AsImmutableArray(prompt),
            WholeBlocks = (int)(input / blockTokens),
            OutputTokens = output,
        };
    }
}
