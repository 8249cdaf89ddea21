using System.Text;

namespace LlmCostModel.Logs.Tests.Tables;

/// <summary>Rows under a header are records; which column is what is found in its name, or said.</summary>
public class TableTests
{
    [Theory]
    [InlineData("model,input,output\ngpt-4o,600,200\n")]
    [InlineData("model;input;output\r\ngpt-4o;600;200\r\n")]
    [InlineData("\uFEFFmodel\tinput\toutput\ngpt-4o\t600\t200")]
    [InlineData("\"model\",\"input\",\"output\"\n\"gpt-4o\",\"600\",\"200\"\n\n")]
    [InlineData("model,input,output,note\ngpt-4o,600,200,\"two\nlines, \"\"quoted\"\"\"\n")]
    [InlineData("#,model,input,output,\n1,gpt-4o,600.0,2e2,\n,,,,\n")]
    public void Table_OfUsageRecords_IsRead(string text)
    {
        LogRecord record = Assert.Single(TextLog.Read(text));

        Assert.Equal(("usage", null), (record.Format, record.Fault));
        Assert.Equal(new TokenUsage { Input = 600, Output = 200 }, TextLog.UsageOf(record));
        Assert.Equal(0.0035m, TextLog.TotalOf(record)); // 600 x 2.50 + 200 x 10
    }

    /// <summary>OpenAI's counts hold the cache and the reasoning, Anthropic's do not hold the cache.</summary>
    [Theory]
    [InlineData("model,prompt_tokens,completion_tokens,cached_tokens,reasoning_tokens\ngpt-4o,1200,200,600,50", 600, 600, 150, 50)]
    [InlineData("model_name,promptTokens,completionTokens,cachedInputTokens\ngpt-4o,1200,200,600", 600, 600, 200, 0)]
    [InlineData("model,input_tokens,output_tokens,cache_read_input_tokens\nclaude-sonnet-4-5,600,200,600", 600, 600, 200, 0)]
    [InlineData("model,input_tokens,output_tokens,cached_tokens\ngpt-4o,1200,200,600", 600, 600, 200, 0)]
    [InlineData("model,prompt_tokens,completion_tokens\ngpt-4o,1200,200", 1200, 0, 200, 0)]
    public void Columns_OfProviders_AreFound(string text, long input, long read, long output, long reasoning) => Assert.Equal(
        new TokenUsage { Input = input, CacheRead = read, Output = output, Reasoning = reasoning },
        TextLog.UsageOf(Assert.Single(TextLog.Read(text))));

    [Fact]
    public void Row_SaysWhoseAndWhen()
    {
        LogRecord record = Assert.Single(TextLog.Read(
            "request_id,created_at,model,prompt_tokens,completion_tokens,user,team,is_batch,provider,cost\n"
            + "r-1,2026-04-02 09:00:00,gpt-4o,1200,200,ada,search,true,azure-openai,0.0025\n"));

        Assert.Equal(new DateTimeOffset(2026, 4, 2, 9, 0, 0, TimeSpan.Zero), record.Call!.At);
        Assert.Equal("Times that say no offset are taken as UTC.", Assert.Single(record.Hints));
        Assert.Equal(("r-1", "azure", "batch"), (record.Call.Identity.ResponseId, record.Call.Context.Provider, record.Call.Context.Tier));
        Assert.Equal(("ada", "search"), (TextLog.TagOf(record, "user"), TextLog.TagOf(record, "team")));
        Assert.Equal(0.0025m, record.Call.Reading.Reported!.Value.Charged.Amount);
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,4\n5,6\n", "This is a table (CSV) of columns that no format has: a, b. As usage records they lack model and input. Say which column is what with --map, such as --map model=NAME --map input=NAME.")]
    [InlineData("model,name\ngpt-4o,2\ngpt-4o,2\n", "This is a table (CSV) of columns that no format has: model, name. As usage records they lack input. Say which column is what with --map, such as --map model=NAME --map input=NAME.")]
    [InlineData("model,input,date,created\ngpt-4o,2,2026-04-02,2026-04-02\n", "This is a table (CSV) of columns that no format has: model, input, date, created. at may be date or created. Say which column is what with --map, such as --map model=NAME --map input=NAME.")]
    [InlineData("model,inputTokens,cachedInputTokens\ngpt-4o,2,1\n", "This is a table (CSV) of columns that no format has: model, inputTokens, cachedInputTokens. Whether inputTokens holds cachedInputTokens is not known: map it as totalInput where it does, and as input where it does not. Say which column is what with --map, such as --map model=NAME --map input=NAME.")]
    [InlineData("model,output_tokens,thinking_tokens\ngpt-4o,2,1\n", "This is a table (CSV) of columns that no format has: model, output_tokens, thinking_tokens. Whether output_tokens holds thinking_tokens is not known: map it as totalOutput where it does, and as output where it does not. Say which column is what with --map, such as --map model=NAME --map input=NAME.")]
    public void UnknownTable_IsRefusedOnce(string text, string fault) => Assert.Equal(fault, Assert.Single(TextLog.Read(text)).Fault);

    /// <summary>Who opens a table sees rows and columns, not records and responses.</summary>
    [Theory]
    [InlineData(",1,2,2025-01-27", "Column model of the row is empty: it names no model. Fill it in, or say --model for all such rows.")]
    [InlineData("gpt-4o,x,2,2025-01-27", "Column input is 'x', not a whole number of 0 or more.")]
    [InlineData("gpt-4o,1,2,noon", "Column at is 'noon', not an instant such as 2025-09-05T16:00:00Z.")]
    [InlineData("gpt-4o,9223372036854775807,1,2025-01-27", "The counts of the row add up to more than 9223372036854775807 tokens.")]
    [InlineData("gpt-4o,1", "The row has 2 values, and the header 4 names: which is which is not known.")]
    public void Row_CannotBeRead_IsSaidInWordsOfTheTable(string row, string fault) =>
        Assert.Equal(fault, TextLog.Read($"model,input,output,at\ngpt-4o,1,2,2025-01-27\n{row}\n")[1].Fault);

    [Fact]
    public void Row_WithoutCounts_NamesItsColumns() => Assert.Equal(
        "The row does not state what the call consumed: nothing is in input, output.",
        Assert.Single(TextLog.Read("model,input,output,at\ngpt-4o,,,2025-01-27\n")).Call!.Reading.Reason);

    [Fact]
    public void Row_WithoutModel_IsOfTheOneThatIsSaid()
    {
        LogReaderOptions options = new() { Model = "gpt-4o" };

        Assert.Equal(0.0035m, TextLog.TotalOf(Assert.Single(TextLog.Read("model,input,output\n,600,200\n", options)))); // 600 x 2.50 + 200 x 10
        Assert.Equal(
            "No column of the table is mapped as the model. Add --map model=NAME, or say --model for all rows.",
            Assert.Single(TextLog.Read("in,out\n600,200\n", Map(("input", "in"), ("output", "out")))).Fault);
    }

    [Fact]
    public void Map_NamesColumns()
    {
        LogReaderOptions options = Map(("model", "engine"), ("totalInput", "in"), ("cacheRead", "hit"), ("output", "out"), ("at", "when"), ("tags.team", "department"), ("meters.webSearch", "searches"), ("cost", "usd"));

        LogRecord[] records = TextLog.Read("when;engine;in;hit;out;department;searches;usd\n1775120400;gpt-4o;1200;600;200;search;2;0.5\n;gpt-4o;100;600;200;;;\n;gpt-4o;x;;;;;\n", options);

        Assert.Equal(new TokenUsage { Input = 600, CacheRead = 600, Output = 200 }, TextLog.UsageOf(records[0]));
        Assert.Equal((2m, 0.5m), (records[0].Call!.Reading.Meters["webSearch"], records[0].Call!.Reading.Reported!.Value.Charged.Amount));
        Assert.Equal((new DateTimeOffset(2026, 4, 2, 9, 0, 0, TimeSpan.Zero), "search"), (records[0].Call!.At!.Value, TextLog.TagOf(records[0], "team")!));
        Assert.Equal("Column in is 100, less than the 600 tokens that other columns say are in it.", records[1].Fault);
        Assert.Equal("Column in is 'x', not a whole number of 0 or more.", records[2].Fault);
    }

    [Fact]
    public void Map_AppliesToFlatJson_AndLeavesTheRest()
    {
        LogReaderOptions options = Map(("model", "engine"), ("usage.input", "tokens.in"), ("output", "out"));

        LogRecord[] records = TextLog.Read("""
            {"engine":"gpt-4o","tokens":{"in":600},"out":"200","other":[]}
            {"model":"gpt-4o","usage":{"input":10}}
            """, options);

        Assert.Equal([new() { Input = 600, Output = 200 }, new TokenUsage { Input = 10 }], records.Select(TextLog.UsageOf));
    }

    [Theory]
    [InlineData("imput", "x", "'imput' cannot be mapped. Did you mean input? Fields: ")]
    [InlineData("input", " ", "'input' cannot be mapped. It has no column. Fields: ")]
    public void Map_OfAnUnknownField_IsAFault(string field, string column, string message) => Assert.StartsWith(
        message, Assert.Throws<ArgumentException>(() => new LogReader(Map((field, column)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Map_OfInputTwice_IsAFault() => Assert.StartsWith(
        "input and totalInput are both mapped.",
        Assert.Throws<ArgumentException>(() => new LogReader(Map(("input", "a"), ("totalInput", "b")))).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Map_OfAColumnThatIsNotThere_IsRefusedOnce() => Assert.Equal(
        "This is a table (CSV) of columns that no format has: model, input. The map names what is not among them: engine. Say which column is what with --map, such as --map model=NAME --map input=NAME.",
        Assert.Single(TextLog.Read("model,input\na,1\nb,2\n", Map(("model", "engine"), ("input", "input")))).Fault);

    /// <summary>A row that was cut off has another cost.</summary>
    [Fact]
    public void Row_OfAnotherLength_IsAFault()
    {
        LogRecord[] records = TextLog.Read("model,input,output\ngpt-4o,600,200\ngpt-4o,600\ngpt-4o,600,200,1\n");

        Assert.Equal(
            [null, "The row has 2 values, and the header 3 names: which is which is not known.", "The row has 4 values, and the header 3 names: which is which is not known."],
            records.Select(record => record.Fault));
    }

    [Fact]
    public void OpenQuote_EndsTheTable()
    {
        LogRecord[] records = TextLog.Read("model,input\ngpt-4o,600\n\"gpt-4o,600\ngpt-4o,600\n");

        Assert.Equal([null, "The row breaks the rules of CSV for quotes. It and what follows are not read."], records.Select(record => record.Fault));
    }

    /// <summary>Words with commas are no table when JSON follows.</summary>
    [Theory]
    [InlineData("starting, please wait\n{\"model\":\"gpt-4o\",\"usage\":{\"input\":600}}\n")]
    [InlineData("one, two, three\nfour\n{\"model\":\"gpt-4o\",\"usage\":{\"input\":600}}\n")]
    public void Words_AreNoTable(string text)
    {
        LogRecord[] records = TextLog.Read(text);

        Assert.StartsWith("The record is not valid JSON", records[0].Fault, StringComparison.Ordinal);
        Assert.Equal(600, TextLog.UsageOf(records[^1]).Input);
    }

    [Fact]
    public void Table_OfAnotherKindThanSaid_IsRefusedByName()
    {
        LogReader reader = LogReader.Of(LogFormats.Find("codex")!);

        LogRecord record = Assert.Single(reader.Read(new MemoryStream(Encoding.UTF8.GetBytes("model,input\na,1\nb,2\n")), "t"));

        Assert.StartsWith("This is a table (CSV) of columns that are not those of sessions of Codex: model, input. ", record.Fault, StringComparison.Ordinal);
    }

    private static LogReaderOptions Map(params (string Field, string Column)[] fields)
    {
        LogReaderOptions options = new();
        foreach ((string field, string column) in fields)
        {
            options.Map.Add(field, column);
        }

        return options;
    }
}
