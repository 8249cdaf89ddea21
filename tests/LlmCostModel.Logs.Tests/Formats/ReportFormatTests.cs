namespace LlmCostModel.Logs.Tests.Formats;

/// <summary>gpt-4o costs 2.50 a million tokens of input, 1.25 from the cache and 10 of output, half in a batch; claude-opus-4-6 5, 0.50, 10
/// to write for an hour and 25, half in a batch, and 0.01 a search; nova-lite 0.06, 0.015 and 0.24.</summary>
public class ReportFormatTests
{
    [Fact]
    public void BedrockLog_BodyOrCounts()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.BedrockLog);

        // 1000 x 0.06 + 500 x 0.015 + 200 x 0.24 = 60 + 7.5 + 48
        Assert.Equal(new TokenUsage { Input = 1000, CacheRead = 500, Output = 200 }, TextLog.UsageOf(records[0]));
        Assert.Equal(0.0001155m, TextLog.TotalOf(records[0]));
        Assert.Equal(0.000108m, TextLog.TotalOf(records[1])); // 60 + 48
        Assert.Equal(("bedrock", "us-east-1"), (records[0].Call!.Context.Provider, records[0].Call!.Context.Region));
        Assert.Equal(
            ("search", "arn:aws:sts::111122223333:assumed-role/app/web"),
            (TextLog.TagOf(records[0], "team"), TextLog.TagOf(records[0], "user")));
        Assert.Equal("q-1", records[0].Call!.Identity.RequestId);

        // The pieces of a stream: 1000 x 3 + 1000 x 0.30 + 100 x 15
        Assert.Equal(new TokenUsage { Input = 1000, CacheRead = 1000, Output = 100 }, TextLog.UsageOf(records[2]));
        Assert.Equal("anthropic.claude-sonnet-4-5-20250929-v1:0", records[2].Call!.Reading.Model);
        Assert.Equal((UsageStatus.NotBilled, "The call failed: ThrottlingException."), (records[3].Call!.Reading.Status, records[3].Call!.Reading.Reason));
    }

    [Fact]
    public void OpenAIUsage_SumsByModel()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.OpenAIUsage);

        Assert.Equal(3, records.Length);
        Assert.Equal(new TokenUsage { Input = 6000, CacheRead = 6000, Output = 2000 }, TextLog.UsageOf(records[0]));
        Assert.Equal(0.0425m, TextLog.TotalOf(records[0])); // 15000 + 7500 + 20000
        Assert.Equal((10L, "proj_a", "key_a"), (records[0].Call!.Reading.Calls, TextLog.TagOf(records[0], "project"), TextLog.TagOf(records[0], "key")));
        Assert.Equal(new DateTimeOffset(2026, 4, 2, 0, 0, 0, TimeSpan.Zero), records[0].Call!.At);
        Assert.Equal(0.175m, TextLog.TotalOf(records[1])); // (250000 + 100000) / 2
        Assert.StartsWith("The report is not grouped by model.", records[2].Call!.Reading.Reason, StringComparison.Ordinal);
        Assert.Contains(records[2].Hints, hint => hint.Contains("not grouped by batch", StringComparison.Ordinal));
    }

    [Fact]
    public void OpenAIUsage_AudioAndOtherReports()
    {
        LogRecord[] records = TextLog.Read("""
            {"object":"bucket","start_time":1775088000,"end_time":1775174400,"results":[{"object":"organization.usage.completions.result","input_tokens":1000,"input_text_tokens":600,"input_audio_tokens":400,"input_cached_tokens":300,"input_cached_text_tokens":200,"input_cached_audio_tokens":100,"output_tokens":100,"output_text_tokens":60,"output_audio_tokens":40,"num_model_requests":2,"model":"gpt-4o-audio-preview","batch":false}]}
            {"object":"bucket","start_time":1775088000,"end_time":1775174400,"results":[{"object":"organization.usage.audio_transcriptions.result","seconds":60,"num_model_requests":1,"model":"whisper-1"}]}
            {"object":"bucket","start_time":1775088000,"end_time":1775174400,"results":[{"object":"organization.usage.vector_stores.result","usage_bytes":1024,"project_id":"p"}]}
            """);

        Assert.Equal(
            new TokenUsage { Input = 400, CacheRead = 200, AudioInput = 300, AudioCacheRead = 100, Output = 60, AudioOutput = 40 },
            TextLog.UsageOf(records[0]));
        Assert.Equal(0.006m, TextLog.TotalOf(records[1])); // a minute
        Assert.Equal("A report of vector stores is not read: its prices are not by tokens.", records[2].Fault);
    }

    [Fact]
    public void AnthropicUsage_SumsByModel()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.AnthropicUsage);

        // 1000 x 5 + 1000 x 0.50 + 2000 x 10 + 100 x 25 = 28000, and 3 searches at 0.01
        Assert.Equal(new TokenUsage { Input = 1000, CacheRead = 1000, CacheWrite1h = 2000, Output = 100 }, TextLog.UsageOf(records[0]));
        Assert.Equal(0.058m, TextLog.TotalOf(records[0]));
        Assert.Null(records[0].Call!.Reading.Calls);
        Assert.Equal(("ws_a", "key_a"), (TextLog.TagOf(records[0], "workspace"), TextLog.TagOf(records[0], "key")));
        Assert.Equal(0.375m, TextLog.TotalOf(records[1])); // (500000 + 250000) / 2
        Assert.Equal(2, records.Length);
    }

    [Fact]
    public void Cursor_CountsAreDisjoint()
    {
        LogRecord[] records = TextLog.Read(FormatSamples.Cursor);

        Assert.Equal(new TokenUsage { Input = 1000, CacheRead = 1000, CacheWrite = 2000, Output = 100 }, TextLog.UsageOf(records[0]));
        Assert.Equal(0.0123m, TextLog.TotalOf(records[0])); // of claude-sonnet-4-5: 3000 + 300 + 7500 + 1500
        Assert.Equal(("Included", "ada@example.com"), (TextLog.TagOf(records[0], "billing"), TextLog.TagOf(records[0], "user")));
        Assert.Null(records[0].Call!.Reading.Reported);
        Assert.Equal(0.003375m, TextLog.TotalOf(records[1])); // of gpt-5: 1250 + 125 + 2000
        Assert.Equal(0.01m, records[1].Call!.Reading.Reported!.Value.Charged.Amount);
        Assert.Equal((UsageStatus.NotBilled, "Cursor says: Errored, No Charge."), (records[2].Call!.Reading.Status, records[2].Call!.Reading.Reason));
        Assert.Equal("The counts add up to 1200 tokens, and the total is 1500.", records[3].Call!.Reading.Reason);
    }

    [Theory]
    [InlineData(FormatSamples.OpenAICosts, "OpenAI")]
    [InlineData("""{"data":[{"starting_at":"2026-04-02T00:00:00Z","ending_at":"2026-04-03T00:00:00Z","results":[{"currency":"USD","amount":"123.45","description":"Claude Opus 4.6 Usage - Input Tokens","cost_type":"tokens"}]}],"has_more":false}""", "Anthropic")]
    [InlineData("date,meterCategory,meterName,quantity,unitOfMeasure,costInBillingCurrency,billingCurrency\n04/02/2026,Foundry Models,gpt 4o Inp,1,1K,2,USD\n04/02/2026,Foundry Models,gpt 4o Outp,1,1K,2,USD\n", "Azure")]
    [InlineData("identity/LineItemId,lineItem/UsageType,lineItem/UsageAmount,lineItem/UnblendedCost\na,USE1-Claude-input-tokens,1,2\nb,USE1-Claude-output-tokens,1,2\n", "AWS")]
    [InlineData("BilledCost,BillingCurrency,ChargePeriodStart,ServiceName\n1,USD,2026-04-02T00:00:00Z,Bedrock\n", "a cloud (FOCUS)")]
    [InlineData("""{"ResultsByTime":[{"TimePeriod":{"Start":"2026-04-02","End":"2026-04-03"},"Groups":[]}],"GroupDefinitions":[]}""", "AWS")]
    public void CostReport_IsRefusedOnce(string text, string of)
    {
        LogRecord record = Assert.Single(TextLog.Read(text));

        Assert.StartsWith($"This is a cost report of {of}, which states money and not usage: ", record.Fault, StringComparison.Ordinal);
    }

    /// <summary>Once for each log, however many pages it has.</summary>
    [Fact]
    public void CostReport_OfSeveralPages_IsRefusedOnceALog()
    {
        LogReader reader = new();
        MemoryStream Log() => new(System.Text.Encoding.UTF8.GetBytes(FormatSamples.OpenAICosts + "\n" + FormatSamples.OpenAICosts));

        Assert.Single(reader.Read(Log(), "first"));
        Assert.Single(reader.Read(Log(), "second"));
    }
}
