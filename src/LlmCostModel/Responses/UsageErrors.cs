using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json;

namespace LlmCostModel;

/// <summary>The messages of <see cref="UsageFormatException"/>, out of the hot path.</summary>
internal static class UsageErrors
{
    [DoesNotReturn]
    internal static void NotJson(Exception cause) =>
        throw new UsageFormatException(
            $"The response is not valid JSON: {cause.Message} Pass the whole body, or read a stream with UsageStreamReader.",
            cause);

    [DoesNotReturn]
    internal static void NotUtf8() =>
        throw new UsageFormatException(
            UsageFaultKind.InvalidJson,
            "The response is not valid UTF-8. Pass the bytes as the provider sent them, unpacked.");

    [DoesNotReturn]
    internal static void NotAnObject() =>
        throw new UsageFormatException(UsageFaultKind.InvalidJson, "The response is not a JSON object. Pass one response body.");

    [DoesNotReturn]
    internal static void NotACount(string name, string found) =>
        throw new UsageFormatException(UsageFaultKind.InvalidValue, $"{name} is {found}, not a whole number from 0 to {long.MaxValue}.");

    [DoesNotReturn]
    internal static void NotAnAmount(string name, string found) =>
        throw new UsageFormatException(
            UsageFaultKind.InvalidValue,
            $"{name} is {found}, not an amount of 0 or more that a decimal holds exactly.");

    [DoesNotReturn]
    internal static void NotThatKind(string name, JsonTokenType found, string expected) =>
        throw new UsageFormatException(UsageFaultKind.InvalidValue, $"{name} is {JsonWords.Of(found)}, not {expected}.");

    [DoesNotReturn]
    internal static void Duplicate(string name) =>
        throw new UsageFormatException(UsageFaultKind.InvalidValue, $"{name} is stated twice in one object, so its value is not known.");

    [DoesNotReturn]
    internal static void Conflict(string name, long value, long other) =>
        throw new UsageFormatException(
            UsageFaultKind.Impossible,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{name} is {value}, but another field of the same meaning is {other}. The response contradicts itself."));

    [DoesNotReturn]
    internal static void UnknownTtl(string ttl) => throw new UsageFormatException(
        UsageFaultKind.NotRecognized,
        $"The cache time to live '{ttl}' is not known, so the price of its writes is not either. " +
        $"Known: {string.Join(", ", TimedWrite.All.Select(write => write.TimeToLive))}.");

    [DoesNotReturn]
    internal static void NotRecognized() => throw new UsageFormatException(
        UsageFaultKind.NotRecognized,
        "The response has no usage of a known shape. Name its API, or check that this is a response of a model.");

    [DoesNotReturn]
    internal static void IsError() => throw new UsageFormatException(
        UsageFaultKind.NotRecognized,
        "The response is an error, which states no usage, so what it cost is not known. Most providers do not charge a refused request.");

    [DoesNotReturn]
    internal static void SeveralAnswers() => throw new UsageFormatException(
        UsageFaultKind.Ambiguous,
        "The stream holds several answers, each a call of its own. Take those before the last with UsageStreamReader.TryTakeAnswer.");

    [DoesNotReturn]
    internal static void NotOfApi(ApiConvention named, ApiEvidence found) => throw new UsageFormatException(
        UsageFaultKind.NotRecognized,
        $"The response does not count as {named.Name} does: it has {Families(found)}. "
            + $"Name the API that it came by, or let it be detected.");

    [DoesNotReturn]
    internal static void Ambiguous(string what) =>
        throw new UsageFormatException(UsageFaultKind.Ambiguous, $"The API of the response is ambiguous: {what} Name the API.");

    [DoesNotReturn]
    internal static void CacheUndecided(ApiConvention convention, long cached) => throw new UsageFormatException(
        UsageFaultKind.Ambiguous,
        string.Create(CultureInfo.InvariantCulture, $"The usage is ambiguous: {convention.Name} passes on what each provider counts, and "
            + $"no total decides whether the {cached} tokens of the cache are inside the input or beside it. "
            + $"Price the provider's own response, or name the API that counted."));

    [DoesNotReturn]
    internal static void TooMuch(string part, long count, string whole, long limit) => throw new UsageFormatException(
        UsageFaultKind.Impossible,
        string.Create(CultureInfo.InvariantCulture, $"{part} ({count}) cannot exceed {whole} ({limit}), which contain them by the rules "
            + $"of this API. The response contradicts itself, or came by another API."));

    [DoesNotReturn]
    internal static void WrongTotal(long total, long sum) => throw new UsageFormatException(
        UsageFaultKind.Impossible,
        string.Create(CultureInfo.InvariantCulture, $"The stated total ({total}) is not the sum of the counts ({sum}) by the rules of "
            + $"this API. The response contradicts itself, or came by another API."));

    internal static string Hidden(long total, long hidden) => string.Create(
        CultureInfo.InvariantCulture,
        $"The stated total ({total}) holds {hidden} tokens that no count explains, so part of the cost is missing.");

    internal static string Shrunk(StatedCount count, string? gap) =>
        $"The stream states {count} and later less of it, as if it were of several answers; the larger count is taken."
        + (gap is null ? "" : " " + gap);

    internal static string AdvisorWithoutModel(TokenUsage usage) =>
        $"usage.iterations holds an advisor ({usage}) whose model is not stated, so its price is missing.";

    internal static string IterationsDiffer(TokenUsage stated, TokenUsage answered) =>
        $"The usage states {stated}, and the answers in usage.iterations add up to {answered}; the smaller is priced.";

    internal static string PartsDiffer(long input, long output, long statedInput, long statedOutput) => string.Create(
        CultureInfo.InvariantCulture,
        $"The calls add up to {input} input and {output} output tokens, and the sum beside them is {statedInput} and {statedOutput}.");

    internal static string CountsDiffer(TokenUsage library, TokenUsage provider) =>
        $"The library counts {library}, and the provider's own usage beside it says {provider}, which is priced.";

    internal static string UntimedWrites(long all, long rest) => string.Create(
        CultureInfo.InvariantCulture,
        $"Of {all} tokens written to the cache, the response does not say of {rest} how long they are kept; they are priced by the "
            + $"provider's default.");

    internal static string WithoutModality(string side, long all, long known) => string.Create(
        CultureInfo.InvariantCulture,
        $"The response states {all} {side} tokens, and {known} by modality; what is neither audio nor image is priced as text.");

    internal static string Unclassified(long input, long rest) => string.Create(
        CultureInfo.InvariantCulture,
        $"Of {input} input tokens, {rest} are neither those that the cache had nor those that it had not; they are priced as fresh ones.");

    [DoesNotReturn]
    internal static void TooLarge(Exception cause) =>
        throw new UsageFormatException(
            UsageFaultKind.Impossible,
            "The counts add up to more than "
                + long.MaxValue.ToString(CultureInfo.InvariantCulture)
                + " tokens. The response contradicts itself.",
            cause);

    [DoesNotReturn]
    internal static void TooLong(int bytes) =>
        throw new UsageFormatException(
            UsageFaultKind.InvalidJson,
            string.Create(
                CultureInfo.InvariantCulture,
                $"One event of the stream is longer than {bytes} bytes. Give UsageStreamReader a larger maximum."));

    private static string Families(ApiEvidence found)
    {
        List<string> names = [];
        void Add(ApiEvidence mark, string name)
        {
            if ((found & mark) != 0)
            {
                names.Add(name);
            }
        }

        Add(ApiEvidence.PromptTokens, "prompt_tokens and completion_tokens");
        Add(ApiEvidence.InputTokens, "input_tokens and output_tokens");
        Add(ApiEvidence.Gemini, "usageMetadata");
        Add(ApiEvidence.Interactions, "total_input_tokens");
        Add(ApiEvidence.Converse, "inputTokens and outputTokens");
        Add(ApiEvidence.InvokeModel, "InvokeModel counts");
        Add(ApiEvidence.Cohere, "billed_units");
        Add(ApiEvidence.Ollama, "prompt_eval_count and eval_count");
        Add(ApiEvidence.OnlyTotal, "total_tokens alone");
        Add(ApiEvidence.Seconds, "seconds");
        Add(ApiEvidence.Pages, "pages");
        Add(ApiEvidence.Characters, "characters");
        Add(ApiEvidence.ExtensionsAI, "inputTokenCount and outputTokenCount");
        Add(ApiEvidence.Cline, "tokensIn and tokensOut");
        return string.Join(" and ", names);
    }
}
