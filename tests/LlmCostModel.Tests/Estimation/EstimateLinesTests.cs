using System.Text;
using System.Text.Json;

namespace LlmCostModel.Tests.Estimation;

/// <summary>The terms of an estimate: those of its receipt, and the same without overlays.</summary>
public class EstimateLinesTests
{
    private static readonly CostEstimator Estimator = With("""
        { "RateCards": { "openai": { "Provider": "openai", "Currency": "USD", "Models": {
            "o1": { "PerMillionTokens": { "Input": 15, "CacheRead": 7.5, "Output": 60 }, "PerMeter": { "WebSearch": { "Price": 10, "Per": 1000 } },
                    "Rules": [ { "Name": "long", "Mode": "Marginal", "When": { "TotalInputAbove": 1000 }, "PerMillionTokens": { "Input": 30 } } ] } } } },
          "Overlays": { "contract": { "Currency": "USD", "Rules": [ { "Name": "20% off", "Multiply": 0.8 }, { "Name": "margin", "FixedFee": 0.5 } ] } } }
        """);

    private static readonly TokenUsage Usage = new() { Input = 3000, CacheRead = 50, Output = 100 };

    public static TheoryData<bool> WithMeters => [false, true];

    [Theory]
    [MemberData(nameof(WithMeters))]
    public void Lines_AreThoseOfTheReceipt(bool withMeters)
    {
        MeteredQuantities? meters = withMeters ? MeteredQuantities.Empty.With("WebSearch", 3) : null;

        CostEstimate estimate = Estimator.Estimate("o1", Usage, default, meters);

        Assert.Equal(Estimator.Explain("o1", Usage, default, meters).Lines, estimate.GetLines());
        Assert.Equal(estimate.Total!.Value.Amount, estimate.GetLines().Sum(line => line.Amount));
    }

    /// <summary>No margin, and nothing off.</summary>
    [Theory]
    [MemberData(nameof(WithMeters))]
    public void ListLines_HaveNoOverlays(bool withMeters)
    {
        MeteredQuantities? meters = withMeters ? MeteredQuantities.Empty.With("WebSearch", 3) : null;

        CostEstimate estimate = Estimator.Estimate("o1", Usage, default, meters);

        Assert.Equal(Estimator.Explain("o1", Usage, default, meters).ListTotal!.Value.Amount, estimate.GetListLines().Sum(line => line.Amount));
        Assert.DoesNotContain(estimate.GetListLines(), line => line.Name == "FixedFee" || line.Rules.Contains("20% off"));
        Assert.Contains(estimate.GetLines(), line => line.Name == "FixedFee");
    }

    [Fact]
    public void ListLines_AreTheLines_WithoutOverlays()
    {
        CostEstimate estimate = new CostEstimator(RateCardJson.Parse("""{ "Name": "a", "Currency": "USD", "Models": { "m": { "PerMillionTokens": { "Input": 4 } } } }""", "a"))
            .Estimate("m", new TokenUsage { Input = 7, Output = 1 });

        Assert.Equal((CostStatus.Partial, "Input"), (estimate.Status, Assert.Single(estimate.GetLines()).Name));
        Assert.Equal(estimate.GetLines(), estimate.GetListLines());
    }

    [Fact]
    public void Lines_OfWhatHasNoPrice_OrIsReadFromJson_AreNone()
    {
        CostEstimate unpriced = Estimator.Estimate("acme-1", Usage);
        CostEstimate stored = JsonSerializer.Deserialize<CostEstimate>(JsonSerializer.Serialize(Estimator.Estimate("o1", Usage)));

        Assert.NotNull(stored.Total);
        Assert.All((CostEstimate[])[unpriced, stored, default], estimate => Assert.Empty(estimate.GetLines().Concat(estimate.GetListLines())));
    }

    private static CostEstimator With(string json)
    {
        LlmCostModelOptions options = new();
        options.AddJson(Encoding.UTF8.GetBytes(json), "cards");
        return new CostEstimator(options);
    }
}
