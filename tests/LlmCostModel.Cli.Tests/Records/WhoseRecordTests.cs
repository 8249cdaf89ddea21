using System.Globalization;
using System.Text.Json;
using LlmCostModel.Catalog;

namespace LlmCostModel.Cli.Tests.Records;

/// <summary>What a record says beside its usage: whose it was and when, in a response, around it, or in the library's own words.</summary>
public sealed class WhoseRecordTests
{
    private const string Usage = "\"usage\":{\"prompt_tokens\":1000,\"completion_tokens\":100,\"total_tokens\":1100}";

    [Theory]
    [InlineData($$$"""{"object":"chat.completion","model":"gpt-4o","metadata":{"user":"ann"},{{{Usage}}}}""")]
    [InlineData($$$"""{"object":"chat.completion","model":"gpt-4o","user":"ann",{{{Usage}}}}""")]
    [InlineData($$$"""{"user":"ann","response":{"object":"chat.completion","model":"gpt-4o","user":"inner",{{{Usage}}}}}""")]
    [InlineData($$$$"""{"custom_id":"1","response":{"status_code":200,"body":{"object":"chat.completion","model":"gpt-4o","metadata":{"user":"ann","n":1,"deep":{}},{{{{Usage}}}}}}}""")]
    [InlineData("""{"model":"gpt-4o","tags":{"user":"ann"},"usage":{"input":1000,"output":100}}""")]
    public void GroupBy_UserOfAResponse_IsATag(string record)
    {
        JsonElement group = Groups(record, "tag:user");

        Assert.Equal("ann", group.GetProperty("key").GetProperty("tag:user").GetString());
    }

    /// <summary>o3 cost 10 USD per million input tokens before 2025-06-10, and 2 since: the time of the record decides. That of the
    /// response itself counts more than that of the line around it.</summary>
    [Theory]
    [InlineData("""{"timestamp":"2025-05-01T00:00:00Z","response":{"object":"chat.completion","model":"o3","usage":{"prompt_tokens":1000000,"completion_tokens":0,"total_tokens":1000000}}}""", "10")]
    [InlineData("""{"response":{"object":"chat.completion","model":"o3","created":1746057600,"usage":{"prompt_tokens":1000000,"completion_tokens":0,"total_tokens":1000000}},"timestamp":"2026-05-01T00:00:00Z"}""", "10")]
    [InlineData("""{"timestamp":"2026-05-01T00:00:00Z","response":{"object":"chat.completion","model":"o3","created":1746057600,"usage":{"prompt_tokens":1000000,"completion_tokens":0,"total_tokens":1000000}}}""", "10")]
    [InlineData("""{"timestamp":"nonsense","response":{"object":"chat.completion","model":"o3","created":1777593600,"usage":{"prompt_tokens":1000000,"completion_tokens":0,"total_tokens":1000000}}}""", "2")]
    public void Price_TimeAroundAResponse_Decides(string record, string total) =>
        Assert.Equal(total, Groups(record, "model").GetProperty("total").GetString());

    [Theory]
    [InlineData("service_tier", "Did you mean tier?")]
    [InlineData("timestamp", "Did you mean at?")]
    [InlineData("batch", "A call of a batch has \"tier\": \"batch\".")]
    [InlineData("meter", "Did you mean meters?")]
    [InlineData("user", "Write it in \"tags\": { \"user\": ... }.")]
    [InlineData("modle", "Did you mean model?")]
    public void Price_NameThatOthersUse_IsNamedAsOurs(string name, string hint)
    {
        CliResult result = CliRunner.RunWith($$$"""{"model":"gpt-4o","{{{name}}}":"x","usage":{"input":1}}""", "price", "-", "--format", "json");

        Assert.Equal(1, result.Code);
        Assert.Contains($"{name} is not a known name of a record. {hint} Known:", result.Error, StringComparison.Ordinal);
    }

    /// <summary>What the library writes of a call, the tool reads: to the same price at the same instant, with its tags.</summary>
    [Fact]
    public void Price_TheLibrarysOwnJson_IsTheSameCall()
    {
        CostEstimator estimator = BuiltInCatalog.CreateEstimator();
        DateTimeOffset then = DateTimeOffset.Parse("2025-05-01T00:00:00Z", CultureInfo.InvariantCulture);
        ModelCall call = ModelCall.FromUsage("o3", new TokenUsage { Input = 1_000_000 }) with { Asked = new CallContext { Provider = "openai", At = then } };
        PricedCall priced = estimator.Price(call);
        CallCost cost = new() { Operation = "chat", Priced = priced, Tags = new Dictionary<string, string> { ["user"] = "ann" } };

        foreach (string record in new[] { JsonSerializer.Serialize(cost), JsonSerializer.Serialize(priced), JsonSerializer.Serialize(call) })
        {
            Assert.Equal("10", Groups(record, "model").GetProperty("total").GetString());
        }

        Assert.Equal("ann", Groups(JsonSerializer.Serialize(cost), "tag:user").GetProperty("key").GetProperty("tag:user").GetString());
        CliResult broken = CliRunner.RunWith("""{"operation":"chat","priced":{"call":5}}""", "price", "-");
        Assert.Equal(1, broken.Code);
        Assert.Contains("The record is no PricedCall of this library", broken.Error, StringComparison.Ordinal);
    }

    private static JsonElement Groups(string record, string key)
    {
        CliResult result = CliRunner.RunWith(record, "price", "-", "--format", "json", "--group-by", key);
        return Assert.Single(JsonDocument.Parse(result.Output).RootElement.GetProperty("groups").EnumerateArray());
    }
}
