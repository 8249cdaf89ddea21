using System.Text.Json;

namespace LlmCostModel.Cli.Tests.Records;

/// <summary>Bedrock answers by the maker's name, and bills by the id of the request: claude-sonnet-4-5 at 3 and 15 by a global profile, a
/// tenth more by one of a geography.</summary>
public sealed class RequestedIdTests
{
    private const string Body = """{"id":"m","type":"message","role":"assistant","model":"claude-sonnet-4-5-20250929","usage":{"input_tokens":1000,"output_tokens":100}}""";

    [Theory]
    [InlineData("global.anthropic.claude-sonnet-4-5-20250929-v1:0", "0.0045")] // 3,000 + 1,500
    [InlineData("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "0.00495")] // 3,300 + 1,650
    public void Price_IdOfTheRequest_Counts(string id, string total)
    {
        foreach (CliResult result in new[]
        {
            Price(Body, "--model", id, "--provider", "bedrock"),
            Price(Body, "--model", id), // nobody else has such ids
            Price($$"""{"request":{"model":"{{id}}"},"response":{{Body}}}"""),
        })
        {
            Assert.Equal((0, total), (result.Code, result.Json.GetProperty("totals")[0].GetProperty("total").GetString()));
        }
    }

    /// <summary>The id is known and has no such price: that is the reason, not that the name of the answer is unknown.</summary>
    [Fact]
    public void Price_BatchWithoutAPrice_SaysSo()
    {
        JsonElement group = Price(
            $$"""{"recordId":"1","modelInput":{"max_tokens":5},"modelOutput":{{Body}}}""",
            "--model", "global.anthropic.claude-sonnet-4-5-20250929-v1:0", "--provider", "bedrock").Json.GetProperty("groups")[0];

        Assert.Contains("for tier 'batch'", group.GetProperty("reasons")[0].GetProperty("text").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("global.anthropic.claude-opus-4-6-v1")] // another model
    [InlineData("claude-sonnet-4-5-20250929-v1:0")] // not behind a maker
    public void Price_IdOfAnotherModel_DoesNotCount(string id)
    {
        JsonElement group = Price(Body, "--model", id, "--provider", "bedrock").Json.GetProperty("groups")[0];

        Assert.Equal(1, group.GetProperty("unpriced").GetInt32());
    }

    private static CliResult Price(string record, params string[] more) =>
        CliRunner.RunWith(record, ["price", "-", "--format", "json", "--at", "2026-11-25", .. more]);
}
