using System.Text.Json;

namespace LlmCostModel.Cli.Tests.Faults;

/// <summary>Every kind of bad usage with its exact outcome: what is wrong is refused by name, what is not known is not zero, and nothing is
/// dropped.</summary>
public class BadInputTests
{
    private const string Chat = """{ "id": "r", "object": "chat.completion", "created": 1738000000, "model": "gpt-4o", "choices": [ { "finish_reason": "stop" } ], "usage": USAGE }""";

    /// <summary>gpt-4o in January 2025 costs 2.50, 1.25 of it cached, and 10 USD for output, each per million: a thousand tokens 0.0025, 0.00125,
    /// 0.01.</summary>
    public static TheoryData<int, string, string, string, string> Rows => new()
    {
        { 44, "a negative count", Record("""{ "output": -100 }"""), "rejected", "usage.output is -100, not a whole number of tokens, 0 or more." },
        { 44, "the same in a response", Response("""{ "prompt_tokens": 1, "completion_tokens": -100 }"""), "rejected", "completion_tokens is -100, not a whole number from 0 to 9223372036854775807." },
        { 45, "parts beyond what can be counted", Record("""{ "input": 9223372036854775807, "output": 1 }"""), "rejected", "The counts add up to more than 9223372036854775807 tokens, or the quantities to more than can be computed." },
        { 45, "the same in a response", Response("""{ "prompt_tokens": 9223372036854775807, "completion_tokens": 1, "total_tokens": 9223372036854775807 }"""), "rejected", "The counts add up to more than 9223372036854775807 tokens. The response contradicts itself." },
        { 45, "the largest count", Record("""{ "input": 9223372036854775807 }"""), "priced", "23058430092136.9395175" }, // 9223372036854775807 x 2.5 / 1,000,000
        { 46, "beyond 64 bits", Record("""{ "input": 10000000000000000000 }"""), "rejected", "usage.input is 10000000000000000000, not a whole number of tokens, 0 or more." },
        { 46, "half a token", Record("""{ "input": 1.5 }"""), "rejected", "usage.input is 1.5, not a whole number of tokens, 0 or more." },
        { 46, "a whole number with an exponent", Record("""{ "input": 1e3 }"""), "priced", "0.0025" },
        { 46, "a whole number with decimals", Record("""{ "input": 1000.0 }"""), "priced", "0.0025" },
        { 46, "the same in a response", Response("""{ "prompt_tokens": 1e3, "completion_tokens": 0.0 }"""), "priced", "0.0025" },
        { 46, "a text", Record("""{ "input": "12" }"""), "rejected", "usage.input is \"12\", not a whole number of tokens, 0 or more." },
        { 46, "an exponent that no number has", Record("""{ "input": 1e400 }"""), "rejected", "usage.input is 1e400, not a whole number of tokens, 0 or more." },
        { 47, "more cached than there is input", Response("""{ "prompt_tokens": 10, "completion_tokens": 1, "total_tokens": 11, "prompt_tokens_details": { "cached_tokens": 11 } }"""), "rejected", "cached and cache-write tokens (11) cannot exceed input tokens (10), which contain them by the rules of this API. The response contradicts itself, or came by another API." },
        { 47, "more reasoning than there is output", Response("""{ "prompt_tokens": 10, "completion_tokens": 1, "total_tokens": 11, "completion_tokens_details": { "reasoning_tokens": 2 } }"""), "rejected", "reasoning, audio, image and video output tokens (2) cannot exceed output tokens (1), which contain them by the rules of this API. The response contradicts itself, or came by another API." },
        { 47, "parts that are not the total", Response("""{ "prompt_tokens": 10, "completion_tokens": 1, "total_tokens": 10 }"""), "rejected", "The stated total (10) is not the sum of the counts (11) by the rules of this API. The response contradicts itself, or came by another API." },
        { 47, "a total that is more than the parts", Response("""{ "prompt_tokens": 10, "completion_tokens": 1, "total_tokens": 12 }"""), "partial", "The stated total (12) holds 1 tokens that no count explains, so part of the cost is missing." },
        { 48, "a response without usage", Response("null"), "unpriced", "The response does not state its usage. Ask for it (stream_options.include_usage in OpenAI's streams), or count the tokens." },
        { 48, "a response with empty usage", Response("{}"), "unpriced", "The response does not state its usage. Ask for it (stream_options.include_usage in OpenAI's streams), or count the tokens." },
        { 48, "a record with empty usage", Record("{}"), "rejected", "The record's usage holds no counts: its cost is not known, and not 0. Write the counts, zeros too." },
        { 48, "a record without usage", """{ "model": "gpt-4o" }""", "rejected", "The response has no usage of a known shape. Name its API, or check that this is a response of a model. As a usage record: The record has no usage: its cost is not known. Add the counts as an object \"usage\"." },
        { 49, "zeros that are stated", Record("""{ "input": 0, "output": 0 }"""), "priced", "0" },
        { 49, "zeros beside an answer", Response("""{ "prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0 }"""), "unpriced", "The response states no tokens at all beside an answer, which cannot come out of nothing: its server does not count. Count the tokens, or have the server state them." },
        { 50, "a count that is stated twice", Response("""{ "prompt_tokens": 1, "prompt_tokens": 2, "completion_tokens": 1 }"""), "rejected", "prompt_tokens is stated twice in one object, so its value is not known." },
        { 50, "the same in a record", Record("""{ "input": 1, "input": 2 }"""), "rejected", "usage.input is stated twice, so its value is not known." },
        { 51, "nesting without end", Record($"{{ \"input\": {new string('[', 500)}{new string(']', 500)} }}"), "rejected", "The record is not valid JSON: it is nested deeper than 64 levels." },
        { 52, "a class of tokens that is not known", Record("""{ "input": 1, "dream_tokens": 5 }"""), "rejected", "The response has no usage of a known shape. Name its API, or check that this is a response of a model. As a usage record: usage.dream_tokens is not a known count. Known: " + string.Join(", ", TokenBuckets.All.Select(row => row.JsonName)) + "." },
        { 54, "a stream that was cut off", "data: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"model\":\"gpt-4o\",\"usage\":{\"input_tokens\":1000,\"output_tokens\":1}}}\n\n", "partial", "The stream was cut off: the counts are a lower bound." },
        { 55, "usage that grows in a stream", "data: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"model\":\"gpt-4o\",\"usage\":{\"input_tokens\":1000,\"output_tokens\":1}}}\n\ndata: {\"type\":\"message_delta\",\"delta\":{},\"usage\":{\"output_tokens\":500}}\n\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":1000}}\n\n", "priced", "0.0125" }, // 0.0025 + 0.01, the last count
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public void Usage_ThatIsBad_HasItsExactOutcome(int number, string what, string input, string status, string outcome)
    {
        _ = (number, what);
        CliResult result = CliRunner.RunWith(input, "price", "-", "--each", "--at", "2025-01-27");

        JsonElement line = result.Json;
        Assert.Equal((status, status == "priced" ? 0 : 1), (line.GetProperty("status").GetString(), result.Code));
        Assert.Equal(outcome, status == "priced" ? line.GetProperty("total").GetString() : line.GetProperty("reasons")[0].GetString());
    }

    /// <summary>53: the model that answered is priced, not the one that was asked for.</summary>
    [Fact]
    public void Model_ThatAnswered_IsPriced() => Assert.Equal(
        "gpt-4o",
        CliRunner.RunWith(Response("""{ "prompt_tokens": 1, "completion_tokens": 1 }"""), "price", "-", "--each", "--model", "o1").Json.GetProperty("model").GetString());

    /// <summary>56: 1,000 tokens of gpt-4o cost 0.0025; the provider says 1, so ours is 0.9975 less. Both are told.</summary>
    [Fact]
    public void Cost_ThatTheProviderStates_IsKeptBesideOurs()
    {
        JsonElement line = CliRunner.RunWith(Response("""{ "prompt_tokens": 1000, "completion_tokens": 0, "total_tokens": 1000, "cost": 1 }"""), "price", "-", "--each").Json;

        Assert.Equal(("0.0025", "1", "-0.9975"), (line.GetProperty("total").GetString(), line.GetProperty("reported").GetString(), line.GetProperty("drift").GetString()));
    }

    /// <summary>51: ten megabytes of usage are read, or refused, in time.</summary>
    [Fact]
    public void Usage_OfTenMegabytes_IsRefusedByItsFirstName()
    {
        string usage = "{" + string.Join(',', Enumerable.Range(0, 700_000).Select(i => $"\"unknown{i}\": 1")) + "}";

        CliResult result = CliRunner.RunWith(Record(usage), "price", "-", "--api", "usage");

        Assert.StartsWith("record 1: usage.unknown0 is not a known count.", result.Error, StringComparison.Ordinal);
    }

    private static string Record(string usage) => $$"""{ "model": "gpt-4o", "usage": {{usage}} }""";

    private static string Response(string usage) => Chat.Replace("USAGE", usage, StringComparison.Ordinal);
}
