using System.Text;

namespace LlmCostModel.Tests.Responses;

/// <summary>More than a thousand broken bodies: each gives the documented exception, and never a number.</summary>
public sealed class MalformedResponseTests
{
    public static TheoryData<string> Broken => new()
    {
        "", " ", "null", "[]", "1", "\"a\"", "{", "}", "{}}", "{} {}", "{\"usage\"}", "{\"usage\":}", "not json", "\u0000", "{\"usage\":{}}", "{}",
        Count("-1"), Count("-9223372036854775808"), Count("0.5"), Count("1e309"), Count("9223372036854775808"), Count("1e400"), Count("99999999999999999999999999999999"),
        Count("\"5\""), Count("true"), Count("[5]"), Count("{}"), Count("NaN"), Count("Infinity"), Count("0x10"), Count("05"), Count("+5"), Count("5,0"), Count("-0.5"),
        """{"usage":[]}""", """{"usage":5}""", """{"usage":"5"}""", """{"usage":true}""", """{"usageMetadata":[]}""", """{"usageMetadata":7}""",
        """{"usage":{"prompt_tokens":5,"prompt_tokens":5,"completion_tokens":1}}""",
        """{"usage":{"prompt_tokens":5,"prompt_tokens":6,"completion_tokens":1}}""",
        """{"usage":{"prompt_tokens":5,"\u0070rompt_tokens":5,"completion_tokens":1}}""",
        """{"usage":{"prompt_tokens":5,"completion_tokens":1},"usage":{"prompt_tokens":6,"completion_tokens":1}}""",
        """{"model":"a","model":"b","usage":{"prompt_tokens":5,"completion_tokens":1}}""",
        """{"usage":{"prompt_tokens":5,"input_tokens":6,"completion_tokens":1}}""",
        """{"usage":{"prompt_tokens":5,"completion_tokens":1,"prompt_tokens_details":[]}}""",
        """{"usage":{"prompt_tokens":5,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":1,"cached_tokens":1}}}""",
        """{"usage":{"prompt_tokens":5,"completion_tokens":1,"prompt_tokens_details":{"cached_tokens":"1"}}}""",
        """{"usage":{"prompt_tokens":5,"completion_tokens":1,"cost":-1}}""", """{"usage":{"prompt_tokens":5,"completion_tokens":1,"cost":"1"}}""",
        """{"usage":{"prompt_tokens":5,"completion_tokens":1,"cost":1e309}}""", """{"usage":{"prompt_tokens":5,"completion_tokens":1,"cost":1e-40}}""",
        """{"usage":{"prompt_tokens":5,"completion_tokens":1,"cost_in_usd_ticks":"1"}}""", """{"usage":{"prompt_tokens":5,"completion_tokens":1,"is_byok":"yes"}}""",
        """{"usageMetadata":{"promptTokenCount":5,"promptTokensDetails":{}}}""", """{"usageMetadata":{"promptTokenCount":5,"promptTokensDetails":[5]}}""",
        """{"usageMetadata":{"promptTokenCount":5,"promptTokensDetails":[{"modality":"AUDIO","tokenCount":6}]}}""",
        """{"usageMetadata":{"promptTokenCount":5,"promptTokensDetails":[{"modality":"AUDIO","tokenCount":1,"tokenCount":1}]}}""",
        """{"usage":{"inputTokens":1,"outputTokens":1,"cacheDetails":[{"ttl":"9h","inputTokens":1}]}}""", """{"usage":{"inputTokens":1,"outputTokens":1,"cacheDetails":7}}""",
        """{"type":"message","usage":{"input_tokens":1,"output_tokens":1,"iterations":{}}}""", """{"type":"message","usage":{"input_tokens":1,"output_tokens":1,"iterations":[1]}}""",
        """{"type":"message","usage":{"input_tokens":1,"output_tokens":1,"iterations":[{"type":"compaction","input_tokens":-1,"output_tokens":1}]}}""",
        """{"type":"message","usage":{"input_tokens":9223372036854775807,"output_tokens":1,"cache_read_input_tokens":9223372036854775807}}""",
        """{"model":"\ud800","usage":{"prompt_tokens":1,"completion_tokens":1}}""",
        new string('[', 10_000), "{\"usage\":" + Repeat("{\"a\":", 10_000), "{\"choices\":" + new string('[', 10_000) + new string(']', 10_000) + "}",
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void Read_Broken_ThrowsTheDocumentedException(string body) => AssertRefused(Encoding.UTF8.GetBytes(body));

    [Theory]
    [InlineData(SampleBodies.Chat)]
    [InlineData(SampleBodies.Anthropic)]
    [InlineData(SampleBodies.Gemini)]
    public void Read_CutAtEveryByte_ThrowsTheDocumentedException(string body)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(body.Trim());
        for (int length = 0; length < bytes.Length; length++)
        {
            AssertRefused(bytes.AsSpan(0, length));
        }

        Assert.Equal(UsageStatus.Complete, UsageReader.Read(bytes).Status);
    }

    [Fact]
    public void Read_InvalidUtf8Anywhere_ThrowsTheDocumentedException()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(SampleBodies.Chat.Trim());
        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] broken = [.. bytes];
            broken[at] = 0xFF;
            AssertRefused(broken);
        }
    }

    [Fact]
    public void Read_HundredMegabytesOfOneText_IsSkippedOrRefused()
    {
        byte[] bytes = new byte[100 * 1024 * 1024];
        bytes.AsSpan().Fill((byte)'a');
        "{\"choices\":\""u8.CopyTo(bytes);
        AssertRefused(bytes); // the text never ends

        ReadOnlySpan<byte> end = "\",\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}"u8;
        end.CopyTo(bytes.AsSpan(bytes.Length - end.Length));
        Assert.Equal(new TokenUsage { Input = 1, Output = 2 }, UsageReader.Read(bytes).Usage);

        UsageStreamReader stream = new(maxEventBytes: 1024 * 1024);
        Assert.Equal(UsageFaultKind.InvalidJson, Assert.Throws<UsageFormatException>(() => stream.Append(bytes)).Kind);
    }

    [Fact]
    public void TryRead_Broken_SaysWhyAndGivesNothing()
    {
        Assert.False(UsageReader.TryRead("{\"usage\":{\"prompt_tokens\":-5}}"u8, out UsageReading reading, out string? error));
        Assert.Equal("prompt_tokens is -5, not a whole number from 0 to 9223372036854775807.", error);
        Assert.Equal(UsageStatus.Unknown, reading.Status);
        Assert.Null(reading.Usage);
    }

    [Fact]
    public void TryRead_OfAnotherApi_SaysSo()
    {
        ReadOnlySpan<byte> chat = """{"model":"o1","usage":{"prompt_tokens":3,"completion_tokens":1}}"""u8;
        Assert.True(UsageReader.TryRead(chat, ApiFormat.OpenAIChatCompletions, out UsageReading reading, out string? error), error);
        Assert.Equal(new TokenUsage { Input = 3, Output = 1 }, reading.Usage);

        Assert.False(UsageReader.TryRead("[]"u8, ApiFormat.AnthropicMessages, out _, out error));
        Assert.NotNull(error);
    }

    /// <summary>Text is the same as its bytes, in every way in.</summary>
    [Fact]
    public void Read_Text_IsReadAsItsBytes()
    {
        const string Body = """{"model":"mödel","usage":{"prompt_tokens":3,"completion_tokens":1}}""";
        byte[] bytes = Encoding.UTF8.GetBytes(Body);

        Assert.Equal(UsageReader.Read(bytes), UsageReader.Read(Body));
        Assert.Equal("mödel", UsageReader.Read(Body).Model);
        Assert.Equal(ModelCall.FromResponse(bytes), ModelCall.FromResponse(Body));
        Assert.Throws<ArgumentNullException>(() => UsageReader.Read((string)null!));
    }

    /// <summary>Refused, or said to be unknown: in no case a number.</summary>
    private static void AssertRefused(ReadOnlySpan<byte> body)
    {
        try
        {
            UsageReading reading = UsageReader.Read(body);
            Assert.True(reading.Usage is null && reading.Status == UsageStatus.Unknown, $"Read as {reading}: {Encoding.UTF8.GetString(body[..Math.Min(200, body.Length)])}");
        }
        catch (UsageFormatException exception)
        {
            Assert.NotEmpty(exception.Message);
        }
    }

    private static string Count(string value) => $$$"""{"usage":{"prompt_tokens":{{{value}}},"completion_tokens":5}}""";

    private static string Repeat(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
