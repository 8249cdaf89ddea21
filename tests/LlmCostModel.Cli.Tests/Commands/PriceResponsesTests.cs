using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace LlmCostModel.Cli.Tests.Commands;

/// <summary><c>price</c> over raw responses. Prices are DeepSeek-R1's and GPT-4o's of January 2025.</summary>
public sealed class PriceResponsesTests
{
    private const string Chat = """{"id":"a","object":"chat.completion","model":"gpt-4o","usage":{"prompt_tokens":1000,"completion_tokens":500,"total_tokens":1500,"prompt_tokens_details":{"cached_tokens":600}}}""";

    [Fact]
    public void Each_ChatResponse_GivesDisjointUsageAndCost()
    {
        CliResult result = CliRunner.RunWith(Chat, "price", "-", "--each");

        // 400 x 2.50 + 600 x 1.25 + 500 x 10 per million
        Assert.Equal(0, result.Code);
        JsonElement row = Rows(result)[0];
        Assert.Equal("0.00675", row.GetProperty("total").GetString());
        Assert.Equal("""{"input":400,"cacheRead":600,"output":500}""", row.GetProperty("usage").GetRawText());
        Assert.Equal("a", row.GetProperty("id").GetString());
        Assert.Equal(JsonValueKind.Null, row.GetProperty("reported").ValueKind);
    }

    [Fact]
    public void Each_UsageRecordsAndResponsesMixed_AreToldApart()
    {
        CliResult result = CliRunner.RunWith(Chat + "\n" + """{"model":"gpt-4o","usage":{"input":3}}""" + "\n" + """{"usage":{"input_tokens":3,"output_tokens":4}}""", "price", "-", "--each");

        Assert.Equal(1, result.Code);
        Assert.Equal(["priced", "priced", "rejected"], Rows(result).Select(row => row.GetProperty("status").GetString()));
        Assert.Contains("ambiguous", Rows(result)[2].GetProperty("reasons")[0].GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Each_EventStream_IsOneRecord()
    {
        const string Stream = "data: {\"object\":\"chat.completion.chunk\",\"model\":\"gpt-4o\",\"choices\":[{\"finish_reason\":\"stop\"}]}\n\ndata: {\"object\":\"chat.completion.chunk\",\"model\":\"gpt-4o\",\"choices\":[],\"usage\":{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15}}\n\ndata: [DONE]\n\n";

        // 10 x 2.50 + 5 x 10 per million
        Assert.Equal("0.000075", Rows(CliRunner.RunWith(Stream, "price", "-", "--each")).Single().GetProperty("total").GetString());
    }

    [Fact]
    public void Each_EventStreamWithoutUsage_IsUnpricedAndNotZero()
    {
        CliResult result = CliRunner.RunWith("data: {\"object\":\"chat.completion.chunk\",\"model\":\"gpt-4o\",\"choices\":[{}]}\n\n", "price", "-", "--each");

        JsonElement row = Rows(result).Single();
        Assert.Equal((1, "unpriced"), (result.Code, row.GetProperty("status").GetString()));
        Assert.Equal(JsonValueKind.Null, row.GetProperty("total").ValueKind);
        Assert.Equal(JsonValueKind.Null, row.GetProperty("usage").ValueKind);
        Assert.Equal("The stream was cut off before it stated its usage.", row.GetProperty("reasons")[0].GetString());
    }

    [Fact]
    public void Each_OwnKeyAtOpenRouter_ShowsFeeUpstreamAndDrift()
    {
        JsonElement row = Rows(CliRunner.RunWith(
            """{"object":"chat.completion","model":"gpt-4o","usage":{"prompt_tokens":1000,"completion_tokens":0,"total_tokens":1000,"cost":0,"is_byok":true,"cost_details":{"upstream_inference_cost":2.4e-03}}}""",
            "price",
            "-",
            "--each")).Single();

        // 1000 x 2.50 per million is 0.0025, which is 0.0001 more than the fee of 0 and the upstream 0.0024
        Assert.Equal("0", row.GetProperty("reported").GetString());
        Assert.Equal("0.0024", row.GetProperty("reportedUpstream").GetString());
        Assert.Equal("0.0001", row.GetProperty("drift").GetString());
    }

    [Fact]
    public void Price_GzippedResponses_AreRead()
    {
        using CliRunner cli = new();
        using (GZipStream gzip = new(File.Create(cli.PathOf("a.jsonl.gz")), CompressionMode.Compress))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Chat + "\n" + Chat.Replace("\"id\":\"a\"", "\"id\":\"b\"", StringComparison.Ordinal) + "\n"));
        }

        // 2 x 0.00675
        Assert.Equal("0.0135", CliRunner.Run("price", cli.PathOf("a.jsonl.gz")).Json.GetProperty("totals")[0].GetProperty("total").GetString());
    }

    [Fact]
    public void Price_UnknownApi_IsWrongUsage()
    {
        CliResult result = CliRunner.RunWith(Chat, "price", "-", "--api", "openia");

        Assert.Equal((2, ""), (result.Code, result.Output));
        Assert.Contains("'openia' is not an API that can be read. Known: usage, alibaba, anthropic.messages,", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Price_ResponseWithoutModel_TakesTheGivenOne()
    {
        const string Body = """{"usage":{"inputTokens":10,"outputTokens":5,"totalTokens":15}}""";

        Assert.Equal("Neither the response nor the request names a model. Give the id that was asked for: --model, or \"model\" in the request beside the response.", Rows(CliRunner.RunWith(Body, "price", "-", "--each"))[0].GetProperty("reasons")[0].GetString());
        Assert.Equal("0.000075", Rows(CliRunner.RunWith(Body, "price", "-", "--each", "--model", "gpt-4o"))[0].GetProperty("total").GetString());
    }

    private static List<JsonElement> Rows(CliResult result) =>
        [.. result.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
}
