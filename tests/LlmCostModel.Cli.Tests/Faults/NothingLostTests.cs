
namespace LlmCostModel.Cli.Tests.Faults;

/// <summary>No file, record or answer is lost without a word (findings A7 to A9, B1 to B3).</summary>
public sealed class NothingLostTests : IDisposable
{
    private const string Good = """{ "id": "a", "model": "gpt-4o", "at": "2025-01-27", "usage": { "input": 1000000 } }""";
    private const string Bad = """{ "id": "b", "model": "gpt-4o", "usage": { "input": -1 } }""";

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    /// <summary>B1: the rejects file was emptied before the log was read.</summary>
    [Theory]
    [InlineData("log.jsonl")]
    [InlineData("./folder/../log.jsonl")]
    [InlineData("link.jsonl")]
    [InlineData("linked/log.jsonl")]
    public void Rejects_IntoTheLogItself_AreRefused_AndTheLogStays(string rejects)
    {
        string log = _cli.Write("log.jsonl", Good + "\n" + Bad);
        Directory.CreateDirectory(_cli.PathOf("folder"));
        File.CreateSymbolicLink(_cli.PathOf("link.jsonl"), log);
        Directory.CreateSymbolicLink(_cli.PathOf("linked"), Path.GetDirectoryName(log)!);

        CliResult result = CliRunner.Run("price", log, "--rejects", _cli.PathOf(rejects));

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains("is what the command reads, and would be lost.", result.Error, StringComparison.Ordinal);
        Assert.Equal(Good + "\n" + Bad, File.ReadAllText(log));
    }

    /// <summary>B1: every file that a command reads counts, not only the first.</summary>
    [Fact]
    public void Output_OverAnyInput_IsRefused()
    {
        string log = _cli.Write("log.jsonl", Good);
        string rates = _cli.Write("rates.json", """{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 } } } }""");
        string table = _cli.Write("table.json", """{ "m1": { "litellm_provider": "openai", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06 } }""");
        string trace = _cli.Write("trace.svg", """{ "timestamp": 0, "input_length": 5, "output_length": 1, "hash_ids": [1] }""");

        foreach ((string[] command, string input) in new (string[], string)[]
        {
            (["price", "-", log, "--rejects", log], log),
            (["price", log, "--rates", rates, "--rejects", rates], rates),
            (["catalog", "import", "litellm", table, "-o", table], table),
            (["simulate", trace, "--chart", trace], trace),
        })
        {
            string before = File.ReadAllText(input);
            CliResult result = CliRunner.Run(command);
            Assert.Equal((2, before), (result.Code, File.ReadAllText(input)));
            Assert.Contains("would be lost", result.Error, StringComparison.Ordinal);
        }
    }

    /// <summary>B1: a command that cannot begin leaves what was there.</summary>
    [Fact]
    public void Rejects_OfALogThatIsMissing_StayAsTheyWere()
    {
        string keep = _cli.Write("keep.txt", "kept");

        CliResult result = CliRunner.Run("price", _cli.PathOf("missing.jsonl"), "--rejects", keep);

        Assert.Equal((2, "kept"), (result.Code, File.ReadAllText(keep)));
        Assert.Equal($"The file '{_cli.PathOf("missing.jsonl")}' does not exist.\n", result.Error.ReplaceLineEndings("\n"));
    }

    /// <summary>G: nothing is printed before a file is found missing.</summary>
    [Fact]
    public void Each_WithASecondFileThatIsMissing_PrintsNothing()
    {
        CliResult result = CliRunner.Run("price", _cli.Write("log.jsonl", Good), _cli.PathOf("missing.jsonl"), "--each");

        Assert.Equal((2, ""), (result.Code, result.Output));
    }

    [Fact]
    public void Rejects_AreWrittenWithNumberIdAndReason_AndNothingElseIsLeft()
    {
        CliResult result = CliRunner.Run("price", _cli.Write("log.jsonl", Good + "\n" + Bad), "--rejects", _cli.PathOf("rejects.jsonl"));

        Assert.Equal(1, result.Code);
        Assert.Equal(
            $$"""{"record":2,"file":"{{_cli.PathOf("log.jsonl")}}","line":2,"id":"b","reason":"usage.input is -1, not a whole number of tokens, 0 or more.","text":"{ \"id\": \"b\", \"model\": \"gpt-4o\", \"usage\": { \"input\": -1 } }"}""" + "\n",
            File.ReadAllText(_cli.PathOf("rejects.jsonl")));
        Assert.Equal(["log.jsonl", "rejects.jsonl"], Files());
    }

    /// <summary>B2: an error page replaced the rate card by {}.</summary>
    [Theory]
    [InlineData("litellm", """{ "error": { "message": "rate limited" } }""", 1)]
    [InlineData("llm-prices", """{ "error": { "message": "rate limited" } }""", 2)]
    [InlineData("litellm", "{}", 2)]
    [InlineData("models.dev", "{}", 2)]
    [InlineData("genai-prices", "[]", 2)]
    [InlineData("llm-prices", "{}", 2)]
    [InlineData("portkey", "{}", 2)]
    [InlineData("openrouter", """{ "data": [] }""", 2)]
    public void Import_ThatFoundNothing_WritesNothing(string format, string table, int code)
    {
        string card = _cli.Write("card.json", "old");

        CliResult result = CliRunner.Run("catalog", "import", format, _cli.Write("table.json", table), "-o", card);

        Assert.Equal((code, "old"), (result.Code, File.ReadAllText(card)));
        Assert.Equal(["card.json", "table.json"], Files());
        Assert.NotEmpty(result.Error);
    }

    /// <summary>B3: what is not finished leaves the old file, and nothing beside it.</summary>
    [Fact]
    public void Output_ThatIsNotFinished_LeavesTheOldFile()
    {
        string path = _cli.Write("card.json", "old");
        CommandHost host = new() { Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Null };
        using (OutputFile file = new(host, path))
        {
            file.Write("half of the n");
        }

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal(["card.json"], Files());
    }

    /// <summary>B3: a full disk is told, with the name that was given.</summary>
    [Fact]
    public void Output_OntoAFullDevice_IsAFault()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // Other systems have no device that is always full.
        }

        const string Table = """{ "m1": { "litellm_provider": "openai", "input_cost_per_token": 1e-06, "output_cost_per_token": 2e-06 } }""";
        CliResult result = CliRunner.Run("catalog", "import", "litellm", _cli.Write("table.json", Table), "-o", "/dev/full");

        Assert.Equal((2, "'/dev/full' cannot be written: No space left on device.\n", ""), (result.Code, result.Error.ReplaceLineEndings("\n"), result.Output));
        Assert.True(File.Exists("/dev/full"));
    }

    /// <summary>A link stays a link, and who may read a file still may.</summary>
    [Fact]
    public void Output_OverALink_GoesWhereItLeads()
    {
        string card = _cli.Write("card.json", "old");
        string link = _cli.PathOf("link.json");
        File.CreateSymbolicLink(link, "card.json");
        CommandHost host = new() { Input = Stream.Null, Output = Stream.Null, Error = TextWriter.Null };
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(card, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        OutputFile.Write(host, link, "new"u8);

        Assert.Equal(("new", "card.json"), (File.ReadAllText(card), new FileInfo(link).LinkTarget));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(card) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    /// <summary>A7: each of these lost a count, or a condition of the price, and was priced.</summary>
    [Theory]
    [InlineData("""{ "model": "m", "usage": { "input": 1000000, "INPUT": 5 } }""", "usage.INPUT is not a known count. Did you mean input?")]
    [InlineData("""{ "model": "m", "usage": { "input": 1000000, "input": 5 } }""", "usage.input is stated twice, so its value is not known.")]
    [InlineData("""{ "model": "m", "usage": { "input,output": 1000000, "output": 5 } }""", "usage.input,output is not a known count.")]
    [InlineData("""{ "model": "m", "usage": { "0": 1000000 } }""", "usage.0 is not a known count.")]
    [InlineData("""{ "model": "m", "teir": "batch", "usage": { "input": 1 } }""", "teir is not a known name of a record. Did you mean tier?")]
    [InlineData("""{ "model": "m", "Tier": "batch", "usage": { "input": 1 } }""", "Tier is not a known name of a record. Did you mean tier?")]
    [InlineData("""{ "model": "m", "tier": "batch", "tier": "flex", "usage": { "input": 1 } }""", "tier is stated twice")]
    [InlineData("""{ "id": "x", "model": "m", "usage": {} }""", "The record's usage holds no counts: its cost is not known, and not 0.")]
    [InlineData("""{ "model": "m", "usage": {}, "meters": {} }""", "The record's usage holds no counts")]
    [InlineData("""{ "model": "m", "usage": null }""", "The record has no usage")]
    [InlineData("""{ "model": "m", "usage": { "input": 1 }, "meters": { "webSearch": 1e-30 } }""", "meters.webSearch is 1e-30, not a quantity of 0 or more that a decimal holds exactly.")]
    [InlineData("""{ "model": "m", "usage": { "input": 1 }, "meters": { "webSearch": -1 } }""", "meters.webSearch is -1, not a quantity")]
    [InlineData("""{ "model": "m", "usage": { "input": 1 }, "attributes": { "size": "1", "SIZE": "2" } }""", "attributes.SIZE is stated twice.")]
    [InlineData("""{ "model": "m", "usage": { "input": 1 }, "tags": { "team": ["a", "b"] } }""", "tags.team is a list, not a text.")]
    public void Record_ThatWouldLoseSomething_IsRejectedByName(string record, string reason)
    {
        CliResult result = CliRunner.RunWith(record, "price", "-", "--api", "usage");

        Assert.Equal(1, result.Code);
        Assert.Equal("1", result.Json.GetProperty("rejected").GetRawText());
        Assert.Contains(reason, result.Error, StringComparison.Ordinal);
    }

    /// <summary>A7: meters that are the same but for case add up, as everywhere: 1 + 2.</summary>
    [Fact]
    public void Meters_OfOneName_AddUp()
    {
        CliResult result = CliRunner.RunWith("""{ "model": "m", "usage": {}, "meters": { "webSearch": 1, "WebSearch": 2 } }""", "price", "-", "--each");

        Assert.Equal("3", result.Json.GetProperty("meters").GetProperty("webSearch").GetString());
    }

    /// <summary>A8: o3 cost 10.00 USD per million of input before 2025-06-10 and costs 2.00 after; the day is in milliseconds and in
    /// escapes.</summary>
    [Theory]
    [InlineData("\"created\": 1748000000")] // 2025-05-23
    [InlineData("\"created\": 1748000000000")]
    [InlineData("\"created\": 1748000000000000")]
    [InlineData("\"created_at\": \"2025-05-23T12:00:00\\u002B01:00\"")]
    [InlineData("\"createTime\": \"2025-05-23T12:00:00\\u002B01:00\"")]
    [InlineData("\"createTime\": \"2025-05-23T12:00:00.123456789Z\"")]
    public void Response_WithItsInstant_HasThePriceOfThen(string created)
    {
        string response = $$"""{ "id": "r", "object": "chat.completion", {{created}}, "model": "o3", "choices": [ { "finish_reason": "stop" } ], "usage": { "prompt_tokens": 1000000, "completion_tokens": 0, "total_tokens": 1000000 } }""";

        Assert.Equal("10", CliRunner.RunWith(response, "price", "-", "--each").Json.GetProperty("total").GetString());
    }

    /// <summary>A9: 1,000,000 x 15 USD of o1 were lost behind 7 x 2.50 + 3 x 10 = 47.5 millionths of gpt-4o.</summary>
    [Theory]
    [InlineData("data: [DONE]\n\n")]
    [InlineData("")]
    public void Streams_OneBehindTheOther_AreCallsOfTheirOwn(string end)
    {
        string two = Chat("c1", "o1", 1_000_000, 1) + end + Chat("c2", "gpt-4o", 7, 3) + end;

        CliResult result = CliRunner.RunWith(two, "price", "-");

        Assert.Equal((0, ""), (result.Code, result.Error.Contains("record 1", StringComparison.Ordinal) ? result.Error : ""));
        Assert.Equal("15.0001075", result.Json.GetProperty("totals")[0].GetProperty("total").GetString()); // 15 + 0.00006 + 7 x 0.0000025 + 3 x 0.00001
        Assert.Equal("2", result.Json.GetProperty("records").GetRawText());
    }

    /// <summary>A9: the same of Anthropic, with the first cut off: its counts are a lower bound, and both are told.</summary>
    [Fact]
    public void Streams_OfAnthropic_AreCallsOfTheirOwn()
    {
        static string Answer(string id, int input) => $$"""
            event: message_start
            data: {"type":"message_start","message":{"id":"{{id}}","type":"message","model":"claude-3-5-sonnet-20241022","usage":{"input_tokens":{{input}},"output_tokens":1 } } }

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":10} }


            """;

        CliResult result = CliRunner.RunWith(Answer("msg_1", 100) + Answer("msg_2", 200), "price", "-", "--each");

        string[] lines = result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.Contains("\"input\":100,\"output\":10", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"input\":200,\"output\":10", lines[1], StringComparison.Ordinal);
    }

    /// <summary>F: pieces of one answer of Gemini are one call, not one each.</summary>
    [Fact]
    public void Pieces_OfGeminisArray_AreOneCall()
    {
        const string Array = """
            [{ "responseId": "g1", "modelVersion": "gemini-2.0-flash", "candidates": [{ "content": {} }], "usageMetadata": { "promptTokenCount": 100, "totalTokenCount": 100 } },
             { "responseId": "g1", "modelVersion": "gemini-2.0-flash", "candidates": [{ "content": {} }], "usageMetadata": { "promptTokenCount": 100, "candidatesTokenCount": 5, "totalTokenCount": 105 } },
             { "responseId": "g1", "modelVersion": "gemini-2.0-flash", "candidates": [{ "finishReason": "STOP" }], "usageMetadata": { "promptTokenCount": 100, "candidatesTokenCount": 9, "totalTokenCount": 109 } }]
            """;

        CliResult result = CliRunner.RunWith(Array, "price", "-", "--each", "--at", "2025-06-01");

        Assert.Equal("{\"input\":100,\"output\":9}", result.Json.GetProperty("usage").GetRawText());
    }

    /// <summary>C1: counts that a sum does not hold are rejected by name; the report has the rest.</summary>
    [Fact]
    public void Counts_BeyondASum_AreRejected_AndTheReportStays()
    {
        string log = string.Concat(Enumerable.Range(1, 3).Select(i => $$"""{ "id": "c{{i}}", "model": "unknown-1", "usage": { "input": 6000000000000000000 } }""" + "\n"));

        CliResult result = CliRunner.RunWith(log + Good, "price", "-");

        Assert.Equal(1, result.Code);
        Assert.Equal(("4", "2"), (result.Json.GetProperty("records").GetRawText(), result.Json.GetProperty("rejected").GetRawText()));
        Assert.Contains("record 2 (id c2): The sums of its group do not hold it", result.Error, StringComparison.Ordinal);
        Assert.Equal("2.5", result.Json.GetProperty("totals")[0].GetProperty("total").GetString());
    }

    /// <summary>What a rejected record cost does not come back with the next one: 9e18 tokens beside a million cannot be counted; twice a
    /// million at 2.50 are 5.</summary>
    [Fact]
    public void Amount_OfARecordBeyondASum_IsTakenBack()
    {
        const string Large = """{ "model": "gpt-4o", "at": "2025-01-27", "usage": { "input": 9223372036854775807 } }""";
        const string Million = """{ "model": "gpt-4o", "at": "2025-01-27", "usage": { "input": 1000000 } }""";

        CliResult result = CliRunner.RunWith($"{Million}\n{Large}\n{Million}\n", "price", "-");

        Assert.Equal("1", result.Json.GetProperty("rejected").GetRawText());
        Assert.Equal("5", result.Json.GetProperty("totals")[0].GetProperty("total").GetString());
    }

    /// <summary>One row for a model, also when some of its calls have no price: they are counted in it.</summary>
    [Fact]
    public void Calls_WithoutAPrice_AreCountedInTheGroupOfTheirModel()
    {
        const string Unpriced = """{ "model": "gpt-4o", "tier": "nothing-sells-this", "at": "2025-01-27", "usage": { "input": 1 } }""";

        foreach (string log in new[] { Good + "\n" + Unpriced, Unpriced + "\n" + Good })
        {
            CliResult result = CliRunner.RunWith(log, "price", "-");

            Assert.Equal(1, result.Json.GetProperty("groups").GetArrayLength());
            Assert.Contains("\"requests\":2,\"priced\":1,\"partial\":0,\"unpriced\":1,\"currency\":\"USD\",\"total\":\"2.5\"", result.OneLine, StringComparison.Ordinal);
        }
    }

    private static string Chat(string id, string model, int input, int output) =>
        $$"""
        data: {"id":"{{id}}","object":"chat.completion.chunk","created":1738000000,"model":"{{model}}","choices":[{"delta":{"content":"a"},"finish_reason":null}]}

        data: {"id":"{{id}}","object":"chat.completion.chunk","created":1738000000,"model":"{{model}}","choices":[{"delta":{},"finish_reason":"stop"}]}

        data: {"id":"{{id}}","object":"chat.completion.chunk","created":1738000000,"model":"{{model}}","choices":[],"usage":{"prompt_tokens":{{input}},"completion_tokens":{{output}},"total_tokens":{{input + output}} } }


        """;

    private string[] Files() =>
        [.. Directory.GetFiles(_cli.PathOf(".")).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];
}
