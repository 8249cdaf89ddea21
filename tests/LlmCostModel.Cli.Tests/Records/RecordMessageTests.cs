namespace LlmCostModel.Cli.Tests.Records;

/// <summary>What is said of a record that is not right, in words of the command and of what the record is.</summary>
public sealed class RecordMessageTests
{
    private const string AsRecord = "As a usage record";

    /// <summary>Only what looks like a usage record is measured by one.</summary>
    [Theory]
    [InlineData("""{"model":"gpt-4o","usage":{"inptu":1}}""", true)]
    [InlineData("""{"model":"gpt-4o","input":10,"output":5}""", true)]
    [InlineData("""{"modle":"gpt-4o","ts":"2026-01-01","input_tokens":10}""", true)]
    [InlineData("""{"event":"x","level":"info","host":"y","msg":"z"}""", false)]
    [InlineData("""{"name":"get_weather","arguments":{"city":"x"}}""", false)]
    public void Price_UnknownRecord_IsComparedWithWhatItLooksLike(string record, bool isRecord) =>
        Assert.Equal(isRecord, CliRunner.RunWith(record, "price", "-").Error.Contains(AsRecord, StringComparison.Ordinal));

    [Theory]
    [InlineData(""" "meters":{"WebSerach":2} """, "meters.WebSerach is none of the names that are known. Did you mean webSearch?")]
    [InlineData(""" "attributes":{"qualty":"hd"} """, "attributes.qualty is none of the names that are known. Did you mean quality?")]
    [InlineData(""" "meters":{"webSearch":0},"attributes":{"quality":"hd"} """, null)]
    [InlineData(""" "meters":{"haptics":0} """, null)] // a meter of the caller's own
    public void Price_MisspeltNameOfAnOpenSet_IsHinted(string member, string? hint)
    {
        string error = CliRunner.RunWith($$$"""{"model":"gpt-4o","at":"2025-01-01","usage":{"input":1},{{{member}}}}""", "price", "-").Error;

        Assert.Equal(hint is not null, error.Contains("Did you mean", StringComparison.Ordinal));
        Assert.Contains(hint ?? "", error, StringComparison.Ordinal);
    }

    /// <summary>A list of our own words is said whole, however long the name is that is not in it.</summary>
    [Theory]
    [InlineData("inptu")]
    [InlineData("a_name_that_is_longer_than_all_that_is_to_be_said_of_it_and_goes_on_for_ever_and_ever_and_ever_and_ever_and_ever_and_ever")]
    public void Price_UnknownCount_IsBesideAllNames(string name)
    {
        string error = CliRunner.RunWith($$$"""{"model":"gpt-4o","usage":{"{{{name}}}":3} }""", "price", "-").Error;

        Assert.All(TokenBuckets.All.Select(row => row.JsonName), known => Assert.Contains(known, error, StringComparison.Ordinal));
    }

    /// <summary>A record has one line, and what is wrong in it stands at a byte: so in every output.</summary>
    [Fact]
    public void PlaceWithinARecord_IsTheSameEverywhere()
    {
        using CliRunner cli = new();
        string log = cli.Write("calls.jsonl", "{\"model\":\"gpt-4o\",\"at\":\"2026-06-01\",\"usage\":{\"input\":1}}\n{\"model\":\"gpt-4o\"} x\n");

        CliResult price = CliRunner.Run("price", log);
        CliRunner.Run("report", log, "-o", cli.PathOf("page.html"));
        string page = File.ReadAllText(cli.PathOf("page.html"));

        Assert.Contains("(byte 20)", price.Error, StringComparison.Ordinal);
        Assert.Contains("(byte 20)", page, StringComparison.Ordinal);
        Assert.DoesNotContain("(line 1, byte", page, StringComparison.Ordinal);
    }

    /// <summary>Advice names options, not types of the library.</summary>
    [Theory]
    [InlineData("""{"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2},"object":"chat.completion"}""", "--model")]
    [InlineData("""{"model":"llama-3.3-70b","usage":{"input":1}}""", "--provider")]
    [InlineData("""{"model":"dall-e-3","usage":{},"meters":{"image":1},"attributes":{"size":"1024x1024"}}""", "--attribute")]
    [InlineData("""{"usage":{"input_tokens":1,"output_tokens":1}}""", "--api")]
    [InlineData("""{"model":"no-such-model","usage":{"input":1}}""", "--rates")]
    public void Price_Advice_IsInWordsOfTheCommand(string record, string option)
    {
        CliResult result = CliRunner.RunWith(record, "price", "-");

        Assert.Contains(option, result.Output + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("CallContext", result.Output + result.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("LlmCostModel:", result.Output + result.Error, StringComparison.Ordinal);
    }

    /// <summary>A span whose cache is beside its input is spoken of as a span.</summary>
    [Fact]
    public void Price_SpanThatCountsAsAnthropic_IsToldInAttributes()
    {
        string error = CliRunner.RunWith("""{"resourceSpans":[{"scopeSpans":[{"spans":[{"spanId":"a1","attributes":[{"key":"gen_ai.response.model","value":{"stringValue":"claude-sonnet-4-5"}},{"key":"gen_ai.usage.input_tokens","value":{"intValue":"10"}},{"key":"gen_ai.usage.output_tokens","value":{"intValue":"5"}},{"key":"gen_ai.usage.cache_read.input_tokens","value":{"intValue":"500"}}]}]}]}]}""", "price", "-").Error;

        Assert.Contains("span a1: gen_ai.usage.cache_read.input_tokens (500) and gen_ai.usage.cache_creation.input_tokens (0) exceed gen_ai.usage.input_tokens (10)", error, StringComparison.Ordinal);
        Assert.DoesNotContain("TokenUsage", error, StringComparison.Ordinal);
    }
}
