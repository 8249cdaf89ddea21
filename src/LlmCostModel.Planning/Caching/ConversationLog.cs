using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;

namespace LlmCostModel.Planning;

/// <summary>Reads a log of conversations as JSON lines, one line a request: <c>{ "at", "conversation", "input", "output" }</c> or, where
/// the parts of the prompt are known,
/// <c>{ "at", "messages": [ { "id", "tokens", "breakpoint"? } ], "output" }</c>.</summary>
/// <remarks>
/// <para><c>at</c> is an ISO 8601 instant with its offset; <c>scope</c> (who shares a cache) and <c>reasoning</c> are optional in both
/// forms.</para>
/// <para>In the first form <c>input</c> counts all tokens of the prompt, and each prompt of a conversation is taken to start with the one
/// before it. A prompt shorter than the one
/// before it has been rewritten (compaction, a new start): it shares nothing with what came before.</para>
/// <para>In the second form equal ids are equal content, in any conversation.</para>
/// </remarks>
public static class ConversationLog
{
    /// <summary>Reads requests line by line as they are enumerated.</summary>
    /// <param name="lines">The lines; blank ones are passed over.</param>
    /// <returns>The requests.</returns>
    /// <exception cref="FormatException">While enumerating: a line is not such a request. The message names the line, the member, its value
    /// and the rule.</exception>
    public static IEnumerable<PromptRequest> Read(IEnumerable<string> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        Dictionary<string, Conversation> conversations = new(StringComparer.Ordinal);
        return JsonLines.Read(lines, (line, number) => ReadLine(line, number, conversations));
    }

    private static PromptRequest ReadLine(JsonElement line, int number, Dictionary<string, Conversation> conversations) =>
        new()
        {
            At = ReadInstant(line, number),
            Scope = line.TryGetProperty("scope", out _) ? JsonLines.Text(line, "scope", number) : "",
            Prompt = line.TryGetProperty("messages", out JsonElement messages)
                ? ReadMessages(messages, number)
                : Continue(line, number, conversations),
            OutputTokens = JsonLines.Count(line, "output", number),
            ReasoningTokens = line.TryGetProperty("reasoning", out _) ? JsonLines.Count(line, "reasoning", number) : 0,
        };

    private static DateTimeOffset ReadInstant(JsonElement line, int number)
    {
        string text = JsonLines.Text(line, "at", number);
        return InstantFormat.TryParse(text, out DateTimeOffset at)
            ? at
            : throw JsonLines.Fault(number, "at", $"is \"{text}\", which is not an instant with its offset, such as 2026-01-31T08:00:00Z.");
    }

    private static ImmutableArray<PromptSegment> ReadMessages(JsonElement messages, int number)
    {
        if (messages.ValueKind != JsonValueKind.Array)
        {
            throw JsonLines.Fault(number, "messages", "is not an array. It lists the parts of the prompt.");
        }

        ImmutableArray<PromptSegment>.Builder prompt = ImmutableArray.CreateBuilder<PromptSegment>(messages.GetArrayLength());
        foreach (JsonElement message in messages.EnumerateArray())
        {
            if (message.ValueKind != JsonValueKind.Object)
            {
                throw JsonLines.Fault(number, "messages", $"holds {message.GetRawText()}, which is not an object with 'id' and 'tokens'.");
            }

            bool breakpoint = message.TryGetProperty("breakpoint", out JsonElement asked) && asked.ValueKind == JsonValueKind.True;
            prompt.Add(PromptSegment.Create(JsonLines.Text(message, "id", number), JsonLines.Count(message, "tokens", number), breakpoint));
        }

        return prompt.MoveToImmutable();
    }

    private static ImmutableArray<PromptSegment> Continue(JsonElement line, int number, Dictionary<string, Conversation> conversations)
    {
        string name = JsonLines.Text(line, "conversation", number);
        long input = JsonLines.Count(line, "input", number);
        if (!conversations.TryGetValue(name, out Conversation? conversation))
        {
            conversations.Add(name, conversation = new());
        }

        return conversation.Extend(name, input);
    }

    private sealed class Conversation
    {
        private ImmutableArray<PromptSegment> _prompt = [];
        private long _tokens;
        private int _parts;

        internal ImmutableArray<PromptSegment> Extend(string name, long input)
        {
            if (input < _tokens)
            {
                _prompt = [];
                _tokens = 0;
            }

            if (input > _tokens)
            {
                _prompt = _prompt.Add(
                    PromptSegment.Create(string.Create(CultureInfo.InvariantCulture, $"{_parts}:{name}"), input - _tokens));
                _parts++;
                _tokens = input;
            }

            return _prompt;
        }
    }
}
