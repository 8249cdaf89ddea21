using System.Text.Json;
using LlmCostModel.Logs;

namespace LlmCostModel.Cli.Tests.Commands;

/// <summary>A line is not a call: what is told twice counts once, and a request that failed costs nothing.</summary>
public class RepeatedCallTests
{
    private const string Queued = """{"id":"resp_1","object":"response","created_at":1772359200,"status":"queued","background":true,"model":"gpt-5.1","output":[],"usage":null}""";

    private static string Completed(int output, string id = "resp_1", string model = "gpt-5.1") => $$$"""
        {"id":"{{{id}}}","object":"response","created_at":1772359200,"status":"completed","background":true,"model":"{{{model}}}","output":[],"usage":{"input_tokens":2006,"output_tokens":{{{output}}},"total_tokens":{{{2006 + output}}}}}
        """;

    /// <summary>2,006 x 1.25 + 300 x 10 per million = 0.0055075; with 100 output 0.0035075.</summary>
    [Theory]
    [InlineData("0.0055075", 2, "queued", "300", "300")] // it was waited for, and fetched again
    [InlineData("0.0055075", 2, "300", "queued", "300")]
    [InlineData("0.0055075", 1, "100", "300")] // the larger, whichever is last
    [InlineData("0.0055075", 1, "300", "100")]
    public void Price_SameIdAgain_IsOneCall(string total, int merged, params string[] lines)
    {
        CliResult result = Run(lines.Select(line => line == "queued" ? Queued : Completed(int.Parse(line, System.Globalization.CultureInfo.InvariantCulture))));

        Assert.Equal((total, merged, lines.Length), (Total(result), result.Json.GetProperty("merged").GetInt32(), result.Json.GetProperty("records").GetInt32()));
        Assert.Equal(1, result.Json.GetProperty("groups")[0].GetProperty("requests").GetInt32());
        Assert.Contains(
            merged == 1 ? "1 record tells of a call that another one tells of as well" : "2 records tell of calls that others tell of as well",
            result.Error,
            StringComparison.Ordinal);
    }

    /// <summary>2 x 0.0055075.</summary>
    [Fact]
    public void Price_OtherIdOrModelOrNone_IsAnotherCall()
    {
        Assert.Equal("0.011015", Total(Run([Completed(300), Completed(300, "resp_2")])));
        Assert.Equal("0.011015", Total(Run([Completed(300), Completed(300, "resp_1", "gpt-5.1-2025-11-13")])));
        string none = Completed(300).Replace("\"id\":\"resp_1\",", "", StringComparison.Ordinal);
        Assert.Equal("0.011015", Total(Run([none, none])));
    }

    /// <summary>A server that gives an id again says another time, or counts that no growing answer has. Both count, and it is said.</summary>
    [Theory]
    [InlineData(1738000060, 1000, 100)] // a minute later
    [InlineData(1738000000, 2000, 50)] // more input and less output
    public void Price_IdThatAServerGivesAgain_IsAnotherCall(long created, int input, int output)
    {
        CliResult result = Run([Chat(1738000000, 1000, 100), Chat(created, input, output), Chat(created, input, output)]);

        // 1,000 x 2.50 + 100 x 10, and input x 2.50 + output x 10, per million
        decimal total = ((1000 * 2.5m) + (100 * 10m) + (input * 2.5m) + (output * 10m)) / 1_000_000;
        Assert.Equal(total.ToString("0.#######", System.Globalization.CultureInfo.InvariantCulture), Total(result));
        Assert.Equal(1, result.Json.GetProperty("merged").GetInt32());
        Assert.Contains("1 record has the id of another response, with another time, other counts or tags", result.Error, StringComparison.Ordinal);

        static string Chat(long created, int input, int output) => $$$"""
            {"id":"chatcmpl-7","object":"chat.completion","created":{{{created}}},"model":"gpt-4o","usage":{"prompt_tokens":{{{input}}},"completion_tokens":{{{output}}},"total_tokens":{{{input + output}}}}}
            """.Trim();
    }

    /// <summary>What is logged around a response has the time of the log: the same call at two of them.</summary>
    [Fact]
    public void Price_SameIdLoggedTwice_IsOneCall()
    {
        CliResult result = Run(["""{"created_at":"2026-03-01T10:00:00Z","message":{"id":"msg_1","type":"message","model":"claude-sonnet-4-5","usage":{"input_tokens":10,"output_tokens":1}}}""", """{"created_at":"2026-03-01T10:00:05Z","message":{"id":"msg_1","type":"message","model":"claude-sonnet-4-5","usage":{"input_tokens":10,"output_tokens":5}}}"""]);

        Assert.Equal("0.000105", Total(result)); // 10 x 3 + 5 x 15 per million
    }

    /// <summary>An id of the caller's own says that records are one call where all else that they say is the same.</summary>
    [Theory]
    [InlineData("0.0055075", "2006", "300", "2026-03-01")]
    [InlineData("0.01101625", "2007", "300", "2026-03-01")]
    [InlineData("0.011025", "2006", "301", "2026-03-01")]
    [InlineData("0.011015", "2006", "300", "2026-03-02")]
    public void Price_UsageRecordsOfOneId_AreOneCallIfTheySayTheSame(string total, string input, string output, string at)
    {
        static string Record(string input, string output, string at) =>
            $$$"""{ "id": "a", "model": "gpt-5.1", "at": "{{{at}}}", "usage": { "input": {{{input}}}, "output": {{{output}}} } }""";

        Assert.Equal(total, Total(Run([Record("2006", "300", "2026-03-01"), Record(input, output, at), Record(input, output, at)])));
    }

    [Fact]
    public void PriceEach_OfRepeatedCalls_KeepsTheOrder()
    {
        CliResult result = CliRunner.RunWith(string.Join('\n', Queued, "{", Completed(300, "resp_2"), Completed(300)), "price", "-", "--each");

        Assert.Equal(
            ["1 resp_1 0.0055075", "2  ", "3 resp_2 0.0055075"],
            result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
            {
                JsonElement json = JsonDocument.Parse(line).RootElement;
                return $"{json.GetProperty("record")} {json.GetProperty("id")} {(json.TryGetProperty("total", out JsonElement total) ? total : default)}";
            }));
    }

    /// <summary>Lines of batch files in the places of an answer: none was billed, and each says why.</summary>
    [Theory]
    [InlineData("""{"id":"batch_req_2","custom_id":"r-2","response":{"status_code":400,"request_id":"y","body":{"error":{"message":"bad","type":"invalid_request_error","code":"x"}}},"error":null}""", "HTTP 400: invalid_request_error")]
    [InlineData("""{"id":"batch_req_3","custom_id":"r-3","response":null,"error":{"code":"batch_expired","message":"late"}}""", "error: batch_expired")]
    [InlineData("""{"custom_id":"qa-3","result":{"type":"errored","error":{"type":"error","error":{"type":"invalid_request_error","message":"x"}}}}""", "errored: invalid_request_error")]
    [InlineData("""{"custom_id":"qa-4","result":{"type":"expired"}}""", "expired")]
    [InlineData("""{"custom_id":"qa-5","result":{"type":"canceled"}}""", "canceled")]
    [InlineData("""{"key":"request-2","error":{"code":13,"message":"internal"}}""", "error: 13")]
    [InlineData("""{"request":{"contents":[]},"status":"Bad Request","response":{},"processed_time":"2026-03-01T10:00:00Z"}""", "Bad Request")]
    [InlineData("""{"recordId":"1223213ABCD","modelInput":{"inputText":"Hello"},"error":{"errorCode":400,"errorMessage":"bad request"}}""", "error: 400")]
    [InlineData("""{"custom_id":"r-9","response":{"status_code":503,"body":{"error":{"type":"server_error"}}}}""", "HTTP 503: server_error")]
    public void Price_LineThatFailed_CostsNothing(string line, string why)
    {
        CliResult result = CliRunner.RunWith(line, "price", "-", "--each");

        Assert.Equal(0, result.Code);
        Assert.Equal(
            ("notBilled", JsonValueKind.Null),
            (result.Json.GetProperty("status").GetString(), result.Json.GetProperty("total").ValueKind));
        Assert.Equal(
            $"The request failed ({why}): it has no answer, and is not billed.",
            Assert.Single(result.Json.GetProperty("notes").EnumerateArray()).GetString());
        Assert.Equal("1 request cost nothing: it failed or was refused without an answer, or a gateway answered from its own cache.\n", CliRunner.RunWith(line, "price", "-").Error.ReplaceLineEndings("\n"));
    }

    /// <summary>Half the price: 1,000 x 0.30 + 100 x 2.50 = 0.00055 of Gemini 2.5 Flash, 10 x 3 + 5 x 15 of Sonnet 4.5, 8 x 3 + 3 x 15.</summary>
    [Theory]
    [InlineData("""{"key":"request-1","response":{"candidates":[{}],"usageMetadata":{"promptTokenCount":1000,"candidatesTokenCount":100,"totalTokenCount":1100},"modelVersion":"gemini-2.5-flash"}}""", "0.000275")]
    [InlineData("""{"metadata":{"key":"request-1"},"response":{"candidates":[{}],"usageMetadata":{"promptTokenCount":1000,"candidatesTokenCount":100},"modelVersion":"gemini-2.5-flash"}}""", "0.000275")]
    [InlineData("""{"request":{"contents":[]},"status":"","response":{"candidates":[{}],"usageMetadata":{"promptTokenCount":1000,"candidatesTokenCount":100},"modelVersion":"gemini-2.5-flash"},"processed_time":"2026-03-01T10:00:00Z"}""", "0.000275")]
    [InlineData("""{"custom_id":"a","result":{"type":"succeeded","message":{"id":"msg_1","type":"message","model":"claude-sonnet-4-5","content":[{}],"usage":{"input_tokens":10,"output_tokens":5,"service_tier":"batch"}}}}""", "0.0000525")]
    [InlineData("""{"recordId":"A","modelInput":{},"modelOutput":{"id":"msg_2","type":"message","model":"claude-sonnet-4-5","content":[{}],"usage":{"input_tokens":8,"output_tokens":3}}}""", "0.0000345")]
    public void Price_LineOfABatchFile_IsOfTheBatchTier(string line, string total) =>
        Assert.Equal(total, CliRunner.RunWith(line, "price", "-", "--each", "--at", "2026-03-01").Json.GetProperty("total").GetString());

    private static CliResult Run(IEnumerable<string> lines) => CliRunner.RunWith(string.Join('\n', lines), "price", "-");

    private static string? Total(CliResult result) => result.Json.GetProperty("totals")[0].GetProperty("total").GetString();
}
