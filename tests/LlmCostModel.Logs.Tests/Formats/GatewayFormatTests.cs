namespace LlmCostModel.Logs.Tests.Formats;

/// <summary>gpt-4o costs 2.50 a million tokens of input, 1.25 from the cache and 10 of output; claude-sonnet-4-5 3, 0.30, 3.75 to write
/// and 15; gpt-4o-mini 0.15, 0.075 and 0.60.</summary>
public class GatewayFormatTests
{
    /// <summary>600 x 2.50 + 600 x 1.25 + 200 x 10 = 1500 + 750 + 2000.</summary>
    private const decimal Plain = 0.00425m;

    [Fact]
    public void LiteLlm_ReadsTheUsageObject()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.LiteLlm);

        Assert.Equal(5, records.Length);
        Assert.Equal(new TokenUsage { Input = 600, CacheRead = 600, Output = 200 }, TextLog.UsageOf(records[0]));
        PricedCall priced = TextLog.Price(records[0]);
        Assert.Equal((Plain, 0m), (priced.Total!.Value.Amount, priced.Drift!.Value.Difference));
        Assert.Equal(("chatcmpl-a1", "openai"), (records[0].Call!.Identity.ResponseId, records[0].Call!.Asked.Provider));
        Assert.Equal(
            ["key=web", "session=s-1", "tags=blue,green", "team=search", "user=ada"],
            records[0].Tags.Select(tag => $"{tag.Key}={tag.Value}").Order());

        // The prompt holds what was read and written: 1000 x 3 + 1000 x 0.30 + 2000 x 3.75 + 100 x 15 = 3000 + 300 + 7500 + 1500.
        Assert.Equal(new TokenUsage { Input = 1000, CacheRead = 1000, CacheWrite = 2000, Output = 100 }, TextLog.UsageOf(records[1]));
        Assert.Equal(0.0123m, TextLog.TotalOf(records[1]));
    }

    [Fact]
    public void LiteLlm_CacheHitsAndFailures_CostNothing_AndLostCountsAreUnknown()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.LiteLlm);

        Assert.Equal((UsageStatus.NotBilled, "The proxy answered from its own cache."), StatusOf(records[2]));
        Assert.Equal((UsageStatus.NotBilled, "The proxy says that the call failed: rate limited."), StatusOf(records[3]));
        Assert.Equal((UsageStatus.Unknown, "The log states no tokens of a call that succeeded."), StatusOf(records[4]));
    }

    [Fact]
    public void LiteLlm_Table_IsTheSame()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.LiteLlmTable);

        Assert.Equal([Plain, 0m], records.Select(TextLog.TotalOf));
        Assert.Equal(new DateTimeOffset(2026, 4, 2, 9, 0, 0, 250, TimeSpan.Zero), records[0].Call!.At);
        Assert.Equal(0.00425m, records[0].Call!.Reading.Reported!.Value.Charged.Amount);
    }

    /// <summary>Without the metadata, what came from a cache is not known: 1200 x 2.50 + 200 x 10 is what it cost at most.</summary>
    [Fact]
    public void LiteLlm_TableWithoutMetadata_IsPartial()
    {
        LogRecord record = Assert.Single(TextLog.Read(
            "request_id,call_type,spend,total_tokens,prompt_tokens,completion_tokens,startTime,model\n"
            + "a,acompletion,0.00425,1400,1200,200,2026-04-02 09:00:00,gpt-4o\n"));

        Assert.Equal(UsageStatus.Partial, record.Call!.Reading.Status);
        Assert.Equal(0.005m, TextLog.TotalOf(record));
        Assert.Null(record.Call.Asked.Provider);
    }

    /// <summary>A server of one's own that speaks OpenAI's protocol is not OpenAI.</summary>
    [Fact]
    public void LiteLlm_OtherAddress_IsNotOpenAI()
    {
        string text = FormatSamples.LiteLlm.Replace("https://api.openai.com/v1/", "http://gpu.example/v1", StringComparison.Ordinal);

        Assert.Null(TextLog.Read(text)[0].Call!.Asked.Provider);
    }

    [Fact]
    public void OpenRouter_Rows()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.OpenRouterTable);

        // 400 x 0.15 + 600 x 0.075 + 300 x 0.60 = 60 + 45 + 180.
        Assert.Equal(new TokenUsage { Input = 400, CacheRead = 600, Output = 200, Reasoning = 100 }, TextLog.UsageOf(records[0]));
        Assert.Equal(0.000285m, TextLog.TotalOf(records[0]));
        Assert.Equal("openrouter", TextLog.Price(records[0]).Parts[0].Estimate.Provider);
        Assert.Equal(("ada", "web"), (TextLog.TagOf(records[0], "user"), TextLog.TagOf(records[0], "key")));

        Assert.Equal(UsageStatus.Partial, records[1].Call!.Reading.Status);
        Assert.StartsWith("Writing to the cache cost something", records[1].Call!.Reading.Reason, StringComparison.Ordinal);

        // With an own key OpenRouter charges its fee, and the provider the rest.
        ReportedCost own = records[2].Call!.Reading.Reported!.Value;
        Assert.Equal((true, 0.00001m, 0.0002m, 0.00021m), (own.OwnKey, own.Charged.Amount, own.Upstream!.Value.Amount, own.Total!.Value.Amount));
    }

    [Fact]
    public void OpenRouter_Generation_IsBilledByNativeTokens()
    {
        LogRecord record = Assert.Single(TextLog.Read(FormatSamples.OpenRouterGeneration));

        Assert.Equal(0.000285m, TextLog.TotalOf(record));
        Assert.Equal("gen-d1", record.Call!.Identity.ResponseId);
        Assert.Equal("ada", TextLog.TagOf(record, "user"));
    }

    [Fact]
    public void OpenRouter_Days_AreSums()
    {
        LogRecord record = Assert.Single(TextLog.Read("""
            {"data":[{"date":"2026-09-01","model":"openai/gpt-4o-mini","model_permaslug":"openai/gpt-4o-mini-2024-07-18","endpoint_id":"e","provider_name":"OpenAI","usage":0.33,"byok_usage_inference":0,"requests":50,"prompt_tokens":1000000,"completion_tokens":300000,"reasoning_tokens":100000}]}
            """));

        Assert.Equal(50, record.Call!.Reading.Calls);
        Assert.Equal(new TokenUsage { Input = 1_000_000, Output = 200_000, Reasoning = 100_000 }, TextLog.UsageOf(record));
        Assert.Equal(UsageStatus.Partial, record.Call.Reading.Status);
        Assert.Equal(0.33m, TextLog.TotalOf(record)); // 0.15 + 0.18
    }

    [Fact]
    public void OpenRouter_PartLargerThanTheWhole_IsAFault()
    {
        string text = FormatSamples.OpenRouterTable.Replace(",100,600,", ",400,600,", StringComparison.Ordinal);

        Assert.Equal("Column tokens_reasoning is 400, more than tokens_completion, which is 300 and holds it.", TextLog.Read(text)[0].Fault);
    }

    [Fact]
    public void Helicone_CountsOfTheResponseWin()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.Helicone);

        Assert.Equal([Plain, Plain, 0m, 0m, Plain], records.Select(TextLog.TotalOf));
        Assert.Equal(["openai", "openai", "openai", "openai", null], records.Select(record => record.Call!.Asked.Provider));
        Assert.Equal(("r-2", "chatcmpl-e2"), (records[1].Call!.Identity.RequestId, records[1].Call!.Identity.ResponseId));
        Assert.Equal((UsageStatus.NotBilled, "Helicone answered from its own cache."), StatusOf(records[2]));
        Assert.Equal((UsageStatus.NotBilled, "The provider answered with status 429."), StatusOf(records[3]));
        Assert.Equal(UsageStatus.Partial, records[4].Call!.Reading.Status);
        Assert.Equal(
            ("ada", "search", "s-1"),
            (TextLog.TagOf(records[0], "user"), TextLog.TagOf(records[0], "team"), TextLog.TagOf(records[0], "session")));
    }

    [Fact]
    public void Portkey_StatesCents()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.Portkey);

        Assert.Equal([Plain, 0.005m, 0m, 0m], records.Select(TextLog.TotalOf));
        Assert.Equal(0m, TextLog.Price(records[0]).Drift!.Value.Difference);
        Assert.Equal(UsageStatus.Partial, records[1].Call!.Reading.Status);
        Assert.Equal((UsageStatus.NotBilled, "The provider answered with status 500."), StatusOf(records[2]));
        Assert.Equal((UsageStatus.NotBilled, "Portkey answered from its own cache."), StatusOf(records[3]));
        Assert.Equal(("ada", "tr-1"), (TextLog.TagOf(records[0], "user"), TextLog.TagOf(records[0], "trace")));
    }

    private static (UsageStatus, string?) StatusOf(LogRecord record) => (record.Call!.Reading.Status, record.Call.Reading.Reason);
}
