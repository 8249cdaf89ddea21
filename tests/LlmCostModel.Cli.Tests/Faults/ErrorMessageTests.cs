using System.Text;

namespace LlmCostModel.Cli.Tests.Faults;

/// <summary>A message says what is wrong and what to do, in the words of who typed the command (findings F, and what new users met).</summary>
public sealed class ErrorMessageTests : IDisposable
{
    private const string Good = """{ "id": "a", "model": "gpt-4o", "at": "2025-01-27", "usage": { "input": 1000000 } }""";
    private const string Card = """{ "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 1 } } } }""";

    private readonly CliRunner _cli = new();

    public void Dispose() => _cli.Dispose();

    public static TheoryData<string, string[]> WrongUsage => new()
    {
        { "'FOLDER' is a folder. Name a file in it.", ["price", "LOG", "--rates", "FOLDER"] },
        { "The folder 'FOLDER' has no logs: nothing in it ends in .json, .jsonl, .ndjson, .csv, .tsv, .log, .sse, .parquet, packed or not.", ["price", "FOLDER"] },
        { "'FOLDER' is a folder. Name a file in it.", ["forecast", "FOLDER"] },
        { "'FOLDER' is a folder. Name a file in it.", ["price", "LOG", "--rejects", "FOLDER"] },
        { "The file 'FOLDER/none' does not exist.", ["simulate", "FOLDER/none"] },
        { "'FOLDER/none/x.txt' cannot be written: its folder does not exist.", ["price", "LOG", "--rejects", "FOLDER/none/x.txt"] },
        { "The file 'LATIN' is not UTF-8. Save it as UTF-8.", ["price", "LOG", "--rates", "LATIN"] },
        { "The file 'LATIN' is not UTF-8. Save it as UTF-8.", ["catalog", "validate", "LATIN"] },
        { "'-' is given more than once, but standard input can be read only once.", ["price", "-", "-"] },
        { "'xml' is not a format. Write table, json, csv or focus.", ["price", "LOG", "--format", "xml"] },
        { "--seed is 'x', not a whole number from -2147483648 to 2147483647.", ["forecast", "LOG", "--seed", "x"] },
        { "--samples is '5', not a whole number from 100 to 1000000.", ["forecast", "LOG", "--samples", "5"] },
        { "--granularity is '0', not a whole number from 1 to 2147483647.", ["simulate", "LOG", "--granularity", "0"] },
        { "--tier is empty. Give it a value, or leave it out.", ["price", "LOG", "--tier", ""] },
        { "Unknown option --gruop-by; did you mean --group-by?", ["price", "LOG", "--gruop-by", "day"] },
        { "Unknown option --gruop-by; did you mean --group-by?", ["price", "LOG", "LOG", "--gruop-by=day"] },
        { "Unknown option --since; did you mean --from?", ["price", "LOG", "--since", "2026-01-01"] },
        { "Unknown option --chart.", ["price", "LOG", "--chart", "y.svg"] },
        { "Unknown option -x.", ["price", "LOG", "-x"] },
        { "Unknown option --inptu; did you mean --input?", ["estimate", "o1", "--inptu", "5"] },
        { "Unknown option --strit; did you mean --strict?", ["compare", "o1", "--input", "5", "--strit"] },
        { "Unknown option --formt; did you mean --format?", ["price", "LOG", "--rejects", "--formt", "json"] },
        { "Unknown option --formt; did you mean --format?", ["catalog", "validate", "LOG", "--formt", "json"] },
        { "Unknown option --reed; did you mean --read?", ["breakeven", "cache", "--write", "1.25", "--reed", "0.1"] },
        { "Unknown command 'prise'; did you mean price?", ["prise", "LOG"] },
        { "Unknown command 'imprt'; did you mean import?", ["catalog", "imprt", "litellm"] },
        { "A command is required: import, diff, validate, check, refresh, export.", ["catalog"] },
        { "'o3' is one argument too many.", ["estimate", "o1", "o3", "--input", "5"] },
        { "--input needs a value: --input TOKENS.", ["estimate", "o1", "--input"] },
        { "'1e400' is not what --top takes: a whole number.", ["price", "LOG", "--top", "1e400"] },
        { "'yaml' is not a format. Write table, json or csv.", ["models", "--format", "yaml"] },
        { "--group-by has 'model' more than once.", ["price", "LOG", "--group-by", "model,day,model"] },
        { "--each writes every record, and --group-by sums of them. Give one of the two.", ["price", "LOG", "--each", "--group-by", "day"] },
        {
            "LOG is neither a trace nor a conversation log: its first line has id, model, at, usage. A trace has timestamp, input_length, "
                + "output_length and hash_ids in every line, a conversation log has at, conversation, input and output, or at, messages and "
                + "output. 'llmcost price' reads usage records and responses.",
            ["simulate", "LOG"]
        },
        {
            "LOG: The text is not a table of the format OpenRouter: 'data' is missing. Such a table is a list of models, or an object with "
                + "them as 'data'.",
            ["catalog", "import", "openrouter", "LOG", "-o", "FOLDER/card.json"]
        },
        {
            "LOG: The text is not a table of the format GenAiPrices: a value is of another kind than the format has there. Such a table is a "
                + "list of providers, each with 'models'.",
            ["catalog", "import", "genai-prices", "LOG", "-o", "FOLDER/card.json"]
        },
        {
            "Counts or amounts are larger than can be computed: tokens up to 9,223,372,036,854,775,807, amounts up to "
                + "79,228,162,514,264,337,593,543,950,335.",
            ["estimate", "o1", "--input", "9223372036854775807", "--output", "9223372036854775807"]
        },
    };

    [Theory]
    [MemberData(nameof(WrongUsage))]
    public void WrongUsage_IsToldInWords(string message, string[] args)
    {
        string folder = _cli.PathOf("folder");
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(_cli.PathOf("latin.json"), Encoding.Latin1.GetBytes(Card.Replace("\"m\"", "\"é\"", StringComparison.Ordinal)));
        string log = _cli.Write("log.jsonl", Good);
        string Named(string text) => text
            .Replace("FOLDER", folder, StringComparison.Ordinal)
            .Replace("LATIN", _cli.PathOf("latin.json"), StringComparison.Ordinal)
            .Replace("LOG", log, StringComparison.Ordinal);

        CliResult result = CliRunner.Run([.. args.Select(Named)]);

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Equal(Named(message), result.Error.Split('\n')[0].TrimEnd('\r'));
    }

    /// <summary>A byte order mark is what editors write, in every file that is read.</summary>
    [Fact]
    public void ByteOrderMark_IsTakenEverywhere()
    {
        const string Mark = "\uFEFF";
        string rates = _cli.Write("rates.json", Mark + Card);
        string log = _cli.Write("log.jsonl", Mark + Good.Replace("gpt-4o", "m", StringComparison.Ordinal));
        string workload = _cli.Write("w.json", Mark + """{ "calls": [ { "input": 1000000 } ], "candidates": [ { "model": "m" } ] }""");

        Assert.All(
            [
                CliRunner.Run("price", log, "--rates", rates),
                CliRunner.Run("catalog", "validate", rates),
                CliRunner.Run("catalog", "diff", rates, rates, "--usage", log),
                CliRunner.Run("compare", "--workload", workload, "--rates", rates),
            ],
            result => Assert.Equal((0, ""), (result.Code, result.Error)));
    }

    /// <summary>A rejected record can be found again.</summary>
    [Theory]
    [InlineData("""{ "id": "call-7", "model": "o1", "usage": { "input": -1 } }""", "call-7")]
    [InlineData("""{ "id": 7, "model": "o1", "usage": { "input": -1 } }""", "7")]
    [InlineData("""{ "custom_id": "row-7", "response": { "body": { "object": "chat.completion", "usage": { "prompt_tokens": -1, "completion_tokens": 1 } } } }""", "row-7")]
    public void Record_ThatIsRejected_KeepsItsId(string record, string id)
    {
        Assert.Equal(id, CliRunner.RunWith(record, "price", "-", "--each").Json.GetProperty("id").GetString());
        Assert.StartsWith($"record 1 (id {id}): ", CliRunner.RunWith(record, "price", "-").Error, StringComparison.Ordinal);
    }

    /// <summary>An error is no answer without usage.</summary>
    [Theory]
    [InlineData("""{ "error": { "message": "Rate limit reached", "type": "requests" } }""")]
    [InlineData("""{ "type": "error", "error": { "type": "overloaded_error", "message": "Overloaded" } }""")]
    public void Error_InsteadOfAnAnswer_IsNamed(string record) => Assert.EndsWith(
        "The response is an error, which states no usage, so what it cost is not known. Most providers do not charge a refused request.\n",
        CliRunner.RunWith(record, "price", "-").Error.ReplaceLineEndings("\n"),
        StringComparison.Ordinal);

    /// <summary>What price reads, diff reads: o1 cost 15 USD per million of input.</summary>
    [Fact]
    public void Diff_TakesTheLogsThatPriceTakes()
    {
        const string Response = """{ "id": "r", "object": "chat.completion", "created": 1738000000, "model": "o1", "choices": [ { "finish_reason": "stop" } ], "usage": { "prompt_tokens": 1000000, "completion_tokens": 0, "total_tokens": 1000000 } }""";

        CliResult result = CliRunner.Run("catalog", "diff", "builtin", "builtin", "--usage", _cli.Write("responses.jsonl", Response));

        Assert.Equal(0, result.Code);
        Assert.Equal("15", result.Json.GetProperty("usage").GetProperty("totals")[0].GetProperty("before").GetString());
    }

    [Fact]
    public void Counts_AreInTheSingularAndThePlural()
    {
        Assert.Contains("1 record, 0 rejected", CliRunner.RunWith(Good, "price", "-", "--format", "table").Output, StringComparison.Ordinal);
        Assert.Contains("2 records, 0 rejected", CliRunner.RunWith(Good + "\n" + Good, "price", "-", "--format", "table").Output, StringComparison.Ordinal);
    }

    /// <summary>A fault that nobody thought of has a code and a message, and no stack.</summary>
    [Fact]
    public void Exception_ThatIsUnexpected_IsAFaultWithoutAStack()
    {
        using StringWriter error = new();
        CommandHost host = new() { Input = new BrokenStream(), Output = Stream.Null, Error = error };

        Assert.Equal(2, CommandLineApp.Run(["price", "-"], host));
        Assert.Equal(ErrorText.Unexpected + " The stream is broken.\n", error.ToString().ReplaceLineEndings("\n"));
    }

    private sealed class BrokenStream : MemoryStream
    {
        public override int Read(Span<byte> buffer) => throw new NotSupportedException("The stream is broken.");

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException("The stream is broken.");
    }
}
