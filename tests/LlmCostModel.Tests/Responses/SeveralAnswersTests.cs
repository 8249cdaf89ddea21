using System.Text;

namespace LlmCostModel.Tests.Responses;

/// <summary>Answers one behind the other in a stream are calls of their own (findings A9), and what is no stream is named (F).</summary>
public class SeveralAnswersTests
{
    private const string OllamaDone = """{"model":"llama3","done":true,"prompt_eval_count":5,"eval_count":7}""";

    public static TheoryData<string, string[], string> Joined => new()
    {
        { "[DONE] between", [Chunk("a", "x"), Usage("a", 10), "[DONE]", Chunk("b", "y"), Usage("b", 20), "[DONE]"], "10 20" },
        { "[DONE] between, no ids", [Chunk(null, "x"), Usage(null, 10), "[DONE]", Chunk(null, "y"), Usage(null, 20)], "10 20" },
        { "another id behind the end", [Chunk("a", "x"), Usage("a", 10), Chunk("b", "y"), Usage("b", 20)], "10 20" },
        { "the first cut off before its usage", [Chunk("a", "x"), "[DONE]", Chunk("b", "y"), Usage("b", 20), "[DONE]"], "- 20" },
        { "an id of its own for every piece", [Chunk("a", "x"), Chunk("b", "y"), Usage("c", 10), "[DONE]"], "10" },
        { "the same answer twice", [Chunk("a", "x"), Usage("a", 10), "[DONE]", Chunk("a", "x"), Usage("a", 10), "[DONE]"], "10" },
        { "a cost behind [DONE]", [Chunk("a", "x"), Usage("a", 10), "[DONE]", """{"choices":[],"cost":"0"}"""], "10" },
        { "Anthropic", [Start("m1", 10), Stop, Start("m2", 20), Stop], "10 20" },
        { "Anthropic without ids", [Start(null, 10), Stop, Start(null, 20), Stop], "10 20" },
        { "Anthropic, replayed", [Start("m1", 10), Stop, Start("m1", 10), Stop], "10" },
        { "Responses", [Created("r1"), Completed("r1", 10), Created("r2"), Completed("r2", 20)], "10 20" },
        { "Ollama", ["""{"model":"llama3","done":false}""", OllamaDone, """{"model":"llama3","done":false}""", OllamaDone], "5 5" },
    };

    [Theory]
    [MemberData(nameof(Joined))]
    public void Stream_OfSeveralAnswers_GivesEach(string what, string[] events, string inputs)
    {
        _ = what;
        List<UsageReading> readings = [];
        UsageStreamReader reader = new();
        foreach (string one in events)
        {
            reader.Append(Encoding.UTF8.GetBytes($"data: {one}\n\n"));
            while (reader.TryTakeAnswer(out UsageReading answer))
            {
                readings.Add(answer);
            }
        }

        readings.Add(reader.Finish());

        Assert.Equal(inputs, string.Join(' ', readings.Select(reading => reading.Usage?.TotalInput.ToString(Invariant) ?? "-")));
        Assert.All(readings.Where(reading => reading.Usage is not null), reading => Assert.Equal(UsageStatus.Complete, reading.Status));
    }

    /// <summary>What is not taken would be lost, so that is refused; so is reading such a stream as one.</summary>
    [Fact]
    public void Finish_WithAnswersThatWereNotTaken_Throws()
    {
        byte[] two = Encoding.UTF8.GetBytes($"data: {Chunk("a", "x")}\n\ndata: {Usage("a", 10)}\n\ndata: [DONE]\n\ndata: {Chunk("b", "x")}\n\ndata: {Usage("b", 20)}\n\n");

        UsageFormatException refused = Assert.Throws<UsageFormatException>(() => UsageReader.ReadStream(two));

        Assert.Equal(UsageFaultKind.Ambiguous, refused.Kind);
        Assert.Equal(
            "The stream holds several answers, each a call of its own. Take those before the last with UsageStreamReader.TryTakeAnswer.",
            refused.Message);
    }

    /// <summary>An answer that contradicts itself does not take the next with it.</summary>
    [Fact]
    public void TryTakeAnswer_OfOneThatContradictsItself_ThrowsAndGoesOn()
    {
        UsageStreamReader reader = new();
        foreach (string one in new[] { Usage("a", 10).Replace("12", "9", StringComparison.Ordinal), "[DONE]", Chunk("b", "x"), Usage("b", 20) })
        {
            reader.Append(Encoding.UTF8.GetBytes($"data: {one}\n\n"));
        }

        Assert.Throws<UsageFormatException>(() => reader.TryTakeAnswer(out _));
        Assert.False(reader.TryTakeAnswer(out _));
        Assert.Equal(20, reader.Finish().Usage?.TotalInput);
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><body>502</body></html>", "The input is not a stream: it is HTML or XML, such as the error page of a proxy")]
    [InlineData("[{\"usageMetadata\":{\"promptTokenCount\":1}}]", "The input is not a stream: it is a JSON array. Pass its elements to UsageStreamReader.AppendEvent one by one, or ask for alt=sse.")]
    [InlineData("data: {\"type\":\"error\",\"error\":{\"message\":\"Overloaded\"}}\n\n", "The stream ended with an error before it stated its usage.")]
    [InlineData("data: {\"choices\":[{}]}\n\n", "The stream was cut off before it stated its usage.")]
    [InlineData("", "The stream was cut off before it stated its usage.")]
    public void Stream_WithoutUsage_SaysWhy(string stream, string reason)
    {
        UsageReading reading = UsageReader.ReadStream(Encoding.UTF8.GetBytes(stream));

        Assert.Equal(UsageStatus.Unknown, reading.Status);
        Assert.StartsWith(reason, reading.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_WithBlanksBefore_AreRead() =>
        Assert.Equal(5, UsageReader.ReadStream(Encoding.UTF8.GetBytes($" \t{OllamaDone}\n")).Usage?.TotalInput);

    [Fact]
    public void Error_InsteadOfAnAnswer_IsNamed()
    {
        Assert.False(UsageReader.TryRead("""{ "error": { "code": 429 } }"""u8, out _, out string? error));

        Assert.Equal(
            "The response is an error, which states no usage, so what it cost is not known. Most providers do not charge a refused request.",
            error);
    }

    /// <summary>E6, E8: what a message quotes of a response is one line, and nothing in it is sent to a terminal.</summary>
    [Fact]
    public void Message_OfAHostileValue_IsOneLine()
    {
        UsageReader.TryRead("{ \"usage\": { \"prompt_tokens\": \"\u009b2J\u202e\" } }"u8, out _, out string? error);

        Assert.Equal(@"prompt_tokens is the text '\u009b2J\u202e', not a whole number from 0 to 9223372036854775807.", error);
    }

    private static System.Globalization.CultureInfo Invariant => System.Globalization.CultureInfo.InvariantCulture;

    private const string Stop = """{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":2}}""";

    private static string Id(string? id) => id is null ? "" : $"\"id\":\"{id}\",";

    private static string Chunk(string? id, string text) =>
        $"{{{Id(id)}\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[{{\"delta\":{{\"content\":\"{text}\"}}}}]}}";

    private static string Usage(string? id, int input) =>
        $"{{{Id(id)}\"object\":\"chat.completion.chunk\",\"model\":\"m\",\"choices\":[],\"usage\":{{\"prompt_tokens\":{input},\"completion_tokens\":2,\"total_tokens\":{input + 2}}}}}";

    private static string Start(string? id, int input) =>
        $"{{\"type\":\"message_start\",\"message\":{{{Id(id)}\"type\":\"message\",\"model\":\"m\",\"usage\":{{\"input_tokens\":{input},\"output_tokens\":1}}}}}}";

    private static string Created(string id) =>
        $"{{\"type\":\"response.created\",\"response\":{{\"id\":\"{id}\",\"object\":\"response\",\"status\":\"in_progress\",\"usage\":null}}}}";

    private static string Completed(string id, int input) =>
        $"{{\"type\":\"response.completed\",\"response\":{{\"id\":\"{id}\",\"object\":\"response\",\"status\":\"completed\",\"usage\":{{\"input_tokens\":{input},\"input_tokens_details\":{{\"cached_tokens\":0}},\"output_tokens\":2,\"total_tokens\":{input + 2}}}}}}}";
}
