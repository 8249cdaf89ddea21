using System.Buffers;
using System.Text;
using System.Text.Json;

namespace LlmCostModel.Tests.Responses;

public sealed class UsageReadingTests
{
    [Fact]
    public void Read_Anthropic_TellsHowItWasServed()
    {
        UsageReading reading = ApiConventionTests.Read(
            """{"type":"message","model":"claude-opus-4-6","usage":{"input_tokens":1,"output_tokens":2,"service_tier":"batch","speed":"fast","inference_geo":"us","server_tool_use":{"web_search_requests":3,"web_fetch_requests":1}}}""");

        Assert.Equal("claude-opus-4-6", reading.Model);
        Assert.Equal(new CallContext { Tier = "fast", Batch = true, Region = "us" }, reading.Served);
        Assert.Equal("WebFetch 1, WebSearch 3", reading.Meters.ToString());
    }

    [Theory]
    [InlineData("default", "standard")] // stated, so it wins over what was asked
    [InlineData("standard", "standard")]
    [InlineData("auto", null)] // what was asked, not what was served
    [InlineData("on_demand", "standard")]
    [InlineData("flex", "flex")]
    [InlineData("priority", "priority")]
    [InlineData("something-new", "something-new")]
    public void Context_ServiceTier_IsTheOneServed(string stated, string? tier) => Assert.Equal(
        tier,
        ApiConventionTests.Read($$$"""{"object":"chat.completion","service_tier":"{{{stated}}}","usage":{"prompt_tokens":1,"completion_tokens":1}}""").Served.Tier);

    [Theory]
    [InlineData("\"created\":1738000000", "2025-01-27T17:46:40Z")] // date -u -d @1738000000
    [InlineData("\"created\":\"1738000000\"", "2025-01-27T17:46:40Z")]
    [InlineData("\"created_at\":1738000000.5", "2025-01-27T17:46:40Z")]
    [InlineData("\"createTime\":\"2025-01-27T17:46:40+00:00\"", "2025-01-27T17:46:40Z")]
    [InlineData("\"created\":0", null)]
    [InlineData("\"created\":\"2025-01-27T17:46:40\"", null)] // no offset: the zone is not known
    public void Context_Created_IsTheInstant(string field, string? instant) => Assert.Equal(
        instant is null ? null : DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture),
        ApiConventionTests.Read($$$"""{ {{{field}}},"usage":{"prompt_tokens":1,"completion_tokens":1}}""").Served.At);

    [Fact]
    public void Nested_Advisor_IsNotPartOfTheUsage()
    {
        UsageReading reading = ApiConventionTests.Read(
            """{"type":"message","model":"claude-sonnet-5","usage":{"input_tokens":2500,"output_tokens":140,"iterations":[{"type":"message","input_tokens":1200,"output_tokens":125},{"type":"advisor_message","model":"claude-opus-4-8","input_tokens":2600,"output_tokens":40},{"type":"message","input_tokens":1300,"output_tokens":15}]}}""");

        Assert.Equal(new TokenUsage { Input = 2500, Output = 140 }, reading.Usage);
        Assert.Equal(new NestedCall { Role = CallRole.Advisor, Model = "claude-opus-4-8", Usage = new TokenUsage { Input = 2600, Output = 40 } }, Assert.Single(reading.Nested));
    }

    [Fact]
    public void Model_Fallback_IsTheModelThatAnswered()
    {
        UsageReading reading = ApiConventionTests.Read(
            """{"type":"message","model":"claude-fable-5","usage":{"input_tokens":420,"output_tokens":270,"iterations":[{"type":"message","model":"claude-fable-5","input_tokens":415,"output_tokens":0},{"type":"fallback_message","model":"claude-opus-4-8","input_tokens":420,"output_tokens":270}]}}""");

        Assert.Equal("claude-opus-4-8", reading.Model);
        Assert.Equal(new TokenUsage { Input = 420, Output = 270 }, reading.Usage);
    }

    /// <summary>Attempts before a fallback are billed where they put something out; one whose model nobody knows has no price.</summary>
    [Fact]
    public void Nested_AttemptsBeforeAFallback_AreDeclined()
    {
        const string Body = """
            { "type": "message", "model": "a", "usage": { "input_tokens": 4, "output_tokens": 6, "iterations": [
              { "type": "message", "model": "a", "input_tokens": 1, "output_tokens": 2 },
              { "type": "message", "model": "a", "input_tokens": 2, "output_tokens": 0 },
              { "type": "message", "model": "b", "input_tokens": 3, "output_tokens": 4 },
              { "type": "fallback_message", "model": "c", "input_tokens": 4, "output_tokens": 5 },
              { "type": "fallback_message", "model": "d", "input_tokens": 4, "output_tokens": 6 } ] } }
            """;
        UsageReading reading = ApiConventionTests.Read(Body);

        Assert.Equal("d: Input 4, Output 6 (Complete)", reading.ToString());
        Assert.Equal(
            ["DeclinedAttempt a: Input 1, Output 2", "DeclinedAttempt b: Input 3, Output 4", "DeclinedAttempt c: Input 4, Output 5"],
            reading.Nested.Select(nested => nested.ToString()));
        Assert.Equal(
            "usage.iterations holds a declined attempt whose model is not stated, so part of the cost is missing.",
            ApiConventionTests.Read(Body.Replace("\"model\": \"b\", ", "", StringComparison.Ordinal)).Reason);
    }

    [Fact]
    public void Status_UnknownKindOfIteration_IsPartial() => Assert.Equal(
        UsageStatus.Partial,
        ApiConventionTests.Read("""{"type":"message","usage":{"input_tokens":1,"output_tokens":1,"iterations":[{"type":"new","input_tokens":5,"output_tokens":5}]}}""").Status);

    [Theory]
    [InlineData("""{"object":"chat.completion","model":"m","choices":[]}""")]
    [InlineData("""{"object":"chat.completion","model":"m","usage":null}""")]
    [InlineData("""{"object":"response","status":"in_progress","usage":null}""")]
    [InlineData("""{"usageMetadata":{"trafficType":"ON_DEMAND"},"modelVersion":"m"}""")]
    [InlineData("""{"usageMetadata":{"totalTokenCount":88759}}""")]
    public void Status_NoUsage_IsUnknownAndNeverZero(string body)
    {
        UsageReading reading = ApiConventionTests.Read(body);

        Assert.Equal(UsageStatus.Unknown, reading.Status);
        Assert.Null(reading.Usage);
        Assert.NotNull(reading.Reason);
    }

    [Fact]
    public void Status_OutputMissing_IsPartial()
    {
        UsageReading reading = ApiConventionTests.Read("""{"usage":{"outputTokens":50}}""");

        Assert.Equal(UsageStatus.Partial, reading.Status);
        Assert.Equal("The response does not state its input tokens.", reading.Reason);
    }

    [Theory]
    [InlineData("\"cost\":7.159e-05", "0.00007159", false, null)]
    [InlineData("\"cost\":0.00019199999999999998", "0.00019199999999999998", false, null)]
    [InlineData("\"cost\":0,\"is_byok\":true,\"cost_details\":{\"upstream_inference_cost\":6.3e-06}", "0", true, "0.0000063")]
    [InlineData("\"cost\":{\"input_tokens_cost\":0.00001,\"request_cost\":0.005,\"total_cost\":0.00507}", "0.00507", false, null)]
    [InlineData("\"cost_in_usd_ticks\":161508500", "0.01615085", false, null)] // 161508500 / 10^10
    public void Reported_ProvidersOwnCost_IsReadExactly(string fields, string charged, bool ownKey, string? upstream)
    {
        ReportedCost reported = ApiConventionTests.Read($$$"""{"usage":{"prompt_tokens":1,"completion_tokens":1,{{{fields}}} }}""").Reported!.Value;

        Assert.Equal(new Money(decimal.Parse(charged, System.Globalization.CultureInfo.InvariantCulture), "USD"), reported.Charged);
        Assert.Equal(ownKey, reported.OwnKey);
        Assert.Equal(upstream, reported.Upstream?.Amount.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    /// <summary>Each differs from the first in one thing.</summary>
    [Fact]
    public void Equals_OneThingDiffers_IsFalse()
    {
        UsageReading reading = new() { Model = "m", Usage = new TokenUsage { Input = 1 }, Status = UsageStatus.Complete };
        UsageReading[] others =
        [
            reading with { Api = ApiFormat.Groq }, reading with { Origin = UsageOrigin.Application }, reading with { Status = UsageStatus.Partial },
            reading with { Reason = "r" }, reading with { Model = "n" }, reading with { IsFromFallback = true }, reading with { Usage = null },
            reading with { Identity = new() { RequestId = "r" } }, reading with { Reported = new() { Charged = new Money(1, "USD") } },
            reading with { Served = new() { Region = "us" } }, reading with { Meters = MeteredQuantities.Empty.With("WebSearch", 1) },
            reading with { Nested = [new() { Role = CallRole.Advisor, Usage = default }] },
        ];

        Assert.All(others, other => Assert.False(reading.Equals(other)));
        Assert.Equal(reading, reading with { Nested = [], Meters = MeteredQuantities.Empty });
        Assert.Equal(reading.GetHashCode(), (reading with { Nested = [], Meters = MeteredQuantities.Empty }).GetHashCode());
    }

    [Fact]
    public void ToString_NestedCall_NamesItsModel() => Assert.Equal(
        "Advisor a: Input 1",
        new NestedCall { Role = CallRole.Advisor, Model = "a", Usage = new TokenUsage { Input = 1 } }.ToString());

    [Fact]
    public void Total_OwnKeyWithoutUpstreamCost_IsNotKnown() =>
        Assert.Null(new ReportedCost { Charged = new Money(0, "USD"), OwnKey = true }.Total);

    [Theory]
    [InlineData("1.005", "1", "0.005", "0", true)] // exactly half a percent
    [InlineData("1.0051", "1", "0.005", "0", false)]
    [InlineData("4.02", "4", "0.005", "0", true)] // 0.005 x 4
    [InlineData("4.0201", "4", "0.005", "0", false)]
    [InlineData("-4.02", "-4", "0.005", "0", true)]
    [InlineData("1.02", "1", "0.005", "0.02", true)] // the larger one
    [InlineData("0.00507", "0.00506", "0", "0.00001", true)]
    [InlineData("0.00508", "0.00506", "0", "0.00001", false)]
    public void IsWithin_Tolerance_IsInclusive(string calculated, string reported, string relative, string absolute, bool expected)
    {
        CostDrift drift = new() { Calculated = new Money(Number(calculated), "USD"), Reported = new Money(Number(reported), "USD") };

        Assert.Equal(expected, drift.IsWithin(Number(relative), Number(absolute)));
    }

    [Fact]
    public void Difference_TwoCurrencies_Throws() =>
        Assert.Throws<InvalidOperationException>(() => new CostDrift { Calculated = new Money(1, "USD"), Reported = new Money(1, "EUR") }.Difference);

    [Fact]
    public void Meters_ToolCallsInTheOutput_AreCounted()
    {
        // Two searches, one page opened (not billed), one file search.
        UsageReading reading = ApiConventionTests.Read(
            """{"object":"response","output":[{"type":"web_search_call","action":{"type":"search"}},{"type":"web_search_call","action":{"type":"open_page"}},{"type":"web_search_call"},{"type":"file_search_call"},{"type":"message","content":[{"type":"output_text"}]}],"usage":{"input_tokens":1,"output_tokens":1}}""");

        Assert.Equal("FileSearchCall 1, WebSearch 2", reading.Meters.ToString());
    }

    [Theory]
    [InlineData("gemini-2.5-flash", "GroundedPrompt 1, GroundedQuery 2")]
    [InlineData("gemini-3-flash-preview", "GroundedPrompt 1, GroundedQuery 2")]
    public void Meters_Grounding_IsCountedByPromptAndByQuery(string model, string meters) => Assert.Equal(
        meters,
        ApiConventionTests.Read($$$"""{"candidates":[{"groundingMetadata":{"webSearchQueries":["a","","b"]}}],"modelVersion":"{{{model}}}","usageMetadata":{"promptTokenCount":1}}""").Meters.ToString());

    [Fact]
    public void Read_SegmentsAndElements_AreTheSameAsBytes()
    {
        byte[] body = Encoding.UTF8.GetBytes(SampleBodies.Chat);
        UsageReading expected = UsageReader.Read(body);
        foreach (int cut in new[] { 1, 17, body.Length / 2, body.Length - 1 })
        {
            Segment first = new(body.AsMemory(0, cut), 0);
            Segment last = first.Then(body.AsMemory(cut));
            Assert.Equal(expected.Usage, UsageReader.Read(new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length)).Usage);
        }

        // The buffer that held both parts is the next one that this thread gets, with nothing of the response in it.
        byte[] next = ArrayPool<byte>.Shared.Rent(body.Length);
        Assert.False(next.AsSpan().ContainsAnyExcept((byte)0));
        ArrayPool<byte>.Shared.Return(next);

        using JsonDocument document = JsonDocument.Parse(body);
        Assert.Equal(expected.Usage, UsageReader.Read(document.RootElement).Usage);
    }

    [Fact]
    public void Read_WarmedUp_AllocatesNothingButTheIds()
    {
        byte[] body = Encoding.UTF8.GetBytes(SampleBodies.Chat);
        string model = UsageReader.Read(body).Model!;
        string response = UsageReader.Read(body).Identity.ResponseId!;
        long before = GC.GetAllocatedBytesForCurrentThread();
        string copy = new(model.AsSpan());
        _ = new string(response.AsSpan());
        long ofId = GC.GetAllocatedBytesForCurrentThread() - before;
        UsageReader.Read(body);

        before = GC.GetAllocatedBytesForCurrentThread();
        UsageReader.Read(body);
        Assert.Equal(ofId, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(model, copy);
    }

    private static decimal Number(string text) => decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index) => (Memory, RunningIndex) = (memory, index);

        public Segment Then(ReadOnlyMemory<byte> memory)
        {
            Segment next = new(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
