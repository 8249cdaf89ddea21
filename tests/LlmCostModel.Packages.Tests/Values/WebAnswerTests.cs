using System.Text.Encodings.Web;
using System.Text.Json;
using LlmCostModel.TestData;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace LlmCostModel.Packages.Tests.Values;

/// <summary>What a service answers that returns the results as they are: no options, no converters, nothing registered.</summary>
public class WebAnswerTests
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly CallContext Context = new() { At = new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero), Tier = "batch" };

    private static readonly TokenUsage Usage = new() { Input = 1_000, CacheRead = 600, Output = 300, Reasoning = 12 };

    private static readonly CostEstimator Estimator = new(RateCardJson.Parse("""
        { "Provider": "openai", "Currency": "USD", "AsOf": "2026-11-20", "Source": "https://openai.com/api/pricing",
          "Models": { "gpt-4o": { "PerMillionTokens": { "Input": 2.5, "CacheRead": 1.25, "Output": 10 }, "PerMeter": { "WebSearch": 0.01 },
            "BilledAs": { "Reasoning": "Output" }, "Rules": [ { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5, "On": ["Tokens"] } ] } } }
        """u8.ToArray(), "openai"));

    public static TheoryData<string> Answers => ["estimate", "unpriced", "explain", "price", "compare"];

    [Theory]
    [MemberData(nameof(Answers))]
    public async Task Answer_OfAMinimalApi_IsWhatAPersonAccepts(string name)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        await using WebApplication service = builder.Build();
        service.MapGet("/estimate", () => Estimator.Estimate("gpt-4o", in Usage, in Context, [new("WebSearch", 2)]));
        service.MapGet("/unpriced", () => Estimator.Estimate("gpt-5000", in Usage, in Context));
        service.MapGet("/explain", () => Estimator.Explain("gpt-4o", in Usage, in Context));
        service.MapGet("/price", () => Estimator.Price(ModelCall.FromUsage("gpt-4o", Usage) with { Asked = Context }));
        service.MapGet("/compare", () => Estimator.Compare(["gpt-4o", "gpt-5000"], in Usage, in Context));
        await service.StartAsync();
        using HttpClient client = new();
        string answer = await client.GetStringAsync(new Uri($"{service.Urls.Single()}/{name}"));

        using JsonDocument document = JsonDocument.Parse(answer);
        TextSnapshot.Match(JsonSerializer.Serialize(document, Indented) + "\n", $"WebAnswer.{name}");
    }
}
