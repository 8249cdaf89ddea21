namespace LlmCostModel.Logs.Tests.Tables;

/// <summary>Columns of counts are found whatever capitals and blanks there are, or the table is refused: none is left out without a
/// word.</summary>
public class FoundColumnTests
{
    private static readonly TokenUsage Whole = new() { Input = 600, Output = 200 };

    [Theory]
    [InlineData("Model,Input,Output")]
    [InlineData("model,input_tokens,output_tokens")]
    [InlineData("MODEL,Input Tokens,Output Tokens")]
    [InlineData("model,promptTokens,Completion Tokens")]
    [InlineData("model,tokens_in,tokens_out")]
    [InlineData("model,prompt-tokens,completion-tokens")]
    [InlineData("model,usage.input,usage.output")]
    public void Counts_AreFoundHoweverTheyAreWritten(string header) =>
        Assert.Equal(Whole, TextLog.UsageOf(Assert.Single(TextLog.Read($"{header}\ngpt-4o,600,200\n"))));

    [Theory]
    [InlineData("cacheread")]
    [InlineData("cache_read")]
    [InlineData("Cache Read")]
    [InlineData("cached_tokens")]
    public void CacheRead_IsFoundHoweverItIsWritten(string name) => Assert.Equal(
        Whole with { CacheRead = 30 }, TextLog.UsageOf(Assert.Single(TextLog.Read($"model,input,output,{name}\ngpt-4o,600,200,30\n"))));

    [Theory]
    [InlineData("cache_tokens")]
    [InlineData("cached_prompt_tokens")]
    [InlineData("prompt_tokens_details.cached_tokens")]
    [InlineData("audio_tokens")]
    [InlineData("cachedInput")]
    [InlineData("generated_tokens")]
    [InlineData("cache_read_tokens")]
    public void Column_ThatLooksLikeACount_IsRefused(string name) => Assert.Contains(
        $"{name} looks like a count, and which one is not known.",
        Assert.Single(TextLog.Read($"model,prompt_tokens,completion_tokens,{name}\ngpt-4o,600,200,30\n")).Fault,
        StringComparison.Ordinal);

    [Theory]
    [InlineData("max_tokens")]
    [InlineData("token_cost")]
    [InlineData("cost_per_token")]
    [InlineData("cache_hit")]
    [InlineData("cache_key")]
    [InlineData("tokens_per_second")]
    [InlineData("latency")]
    public void Column_ThatIsNoCount_IsLeftOut(string name) =>
        Assert.Equal(Whole, TextLog.UsageOf(Assert.Single(TextLog.Read($"model,input,output,{name}\ngpt-4o,600,200,30\n"))));

    [Theory]
    [InlineData("model,input,input,output", "input is there twice.")]
    [InlineData("model,model,input,output", "model is there twice.")]
    [InlineData("model,input,prompt_tokens,output", "input may be input or prompt_tokens.")]
    public void Column_ThatIsThereTwice_IsRefused(string header, string reason) => Assert.Contains(
        reason, Assert.Single(TextLog.Read($"{header}\ngpt-4o,600,600,200\n")).Fault, StringComparison.Ordinal);

    /// <summary>600 + 200, and 30 read from the cache, which some leave out of the total.</summary>
    [Theory]
    [InlineData(830, true)]
    [InlineData(800, true)]
    [InlineData(1_000, false)]
    [InlineData(799, false)]
    public void Total_IsThatOfTheCounts(int total, bool isRight)
    {
        LogRecord record = Assert.Single(TextLog.Read($"model,input,cacheRead,output,total_tokens\ngpt-4o,600,30,200,{total}\n"));

        Assert.Equal(isRight ? null : $"Column total_tokens is {total}, and the other columns say 830 tokens.", record.Fault);
        Assert.Equal(isRight ? Whole with { CacheRead = 30 } : (TokenUsage?)null, record.Call?.Reading.Usage);
    }

    [Theory]
    [InlineData("1", true)]
    [InlineData("TRUE", true)]
    [InlineData("yes", true)]
    [InlineData("no", false)]
    [InlineData("", false)]
    [InlineData("2", null)]
    [InlineData("maybe", null)]
    public void Batch_IsTrueOrFalse(string batch, bool? expected)
    {
        LogRecord record = Assert.Single(TextLog.Read($"model,input,batch\ngpt-4o,600,{batch}\n"));

        Assert.Equal(expected is null ? $"Column batch is '{batch}', not true or false." : null, record.Fault);
        Assert.Equal(expected == true, record.Call?.Context.Tier == "batch");
    }

    /// <summary>A map of a tag leaves what the names say as it is.</summary>
    [Fact]
    public void Map_WithoutACount_AddsToWhatIsFound()
    {
        LogReaderOptions options = new();
        options.Map["tags.team"] = "dept";

        LogRecord record = Assert.Single(TextLog.Read("model,input,output,dept\ngpt-4o,600,200,sales\n", options));

        Assert.Equal((Whole, "sales"), (TextLog.UsageOf(record), TextLog.TagOf(record, "team")));
    }

    /// <summary>A count that no record has was misspelled: it would be 0 in all of them.</summary>
    [Theory]
    [InlineData("u.out", null)]
    [InlineData("u.outt", "No record has 'u.outt', which the map says is output. Correct the name, or leave it out of the map.")]
    public void Map_OfAMemberThatNoRecordHas_IsAFaultOfTheLog(string output, string? fault)
    {
        LogReaderOptions options = new();
        (options.Map["model"], options.Map["input"], options.Map["output"]) = ("m", "u.in", output);

        LogRecord[] records = TextLog.Read("""
            {"m":"gpt-4o","u":{"in":600}}
            {"m":"gpt-4o","u":{"in":600,"out":200}}
            """, options);

        Assert.Equal(fault is null ? [null, null] : [null, null, fault], records.Select(record => record.Fault));
    }

    [Fact]
    public void FirstRow_OfAnotherLength_IsAFaultOfThatRow()
    {
        LogRecord[] records = TextLog.Read("model,input,output\ngpt-4o,600\ngpt-4o,600,200\n");

        Assert.Equal(["The row has 2 values, and the header 3 names: which is which is not known.", null], records.Select(record => record.Fault));
    }
}
