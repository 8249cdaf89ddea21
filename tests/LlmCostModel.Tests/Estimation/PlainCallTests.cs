using LlmCostModel.Tests.Support;

namespace LlmCostModel.Tests.Estimation;

/// <summary>The short way for plain calls of logs gives what all steps give.</summary>
public sealed class PlainCallTests
{
    private const string Card = """
        { "h": { "Provider": "h", "Currency": "USD", "Models": {
            "plain": { "PerMillionTokens": { "Input": 3, "CacheRead": 0.3, "CacheWrite": 3, "CacheWrite5m": 3.75, "CacheWrite1h": 6, "Output": 15 } },
            "ruled": { "PerMillionTokens": { "Input": 3, "Output": 15 }, "Rules": [
              { "Name": "long", "When": { "TotalInputAbove": 2000 }, "Multiply": 2 },
              { "Name": "batch", "When": { "Tier": "batch" }, "Multiply": 0.5 },
              { "Name": "us", "When": { "Region": "us" }, "Multiply": 1.1 } ] },
            "assumed": { "PerMillionTokens": { "Input": 3, "Output": 15 }, "Defaults": { "size": "small" }, "Rules": [
              { "Name": "large", "When": { "Attributes": { "size": "large" } }, "Multiply": 2 } ] },
            "dated": { "Versions": [
              { "From": "2026-01-01", "PerMillionTokens": { "Input": 1, "Output": 2 } },
              { "From": "2026-06-01", "GuaranteedUntil": "2026-08-01", "PerMillionTokens": { "Input": 2, "Output": 4 } } ] },
            "partly": { "PerMillionTokens": { "Input": 3 } } } } }
        """;

    private static readonly string?[] Models = ["plain", "plain", "ruled", "ruled", "assumed", "dated", "partly", "nobody", null];

    private static readonly RateStore Store = RateStore.Create(new LlmCostModelOptions(), [.. Cards.Parse(Card)], [], [], TimeProvider.System);

    [Fact]
    public void Price_AnyCall_IsTheSameByTheShortWay()
    {
        Random random = new(7);
        int plain = 0;
        for (int i = 0; i < 20_000; i++)
        {
            ModelCall call = Draw(random);
            if (ModelCallPricer.PricePlain(Store, call) is { } priced)
            {
                Assert.Equal(ModelCallPricer.PriceFully(Store, call), priced);
                Assert.Equal((CostStatus.Priced, 0, 0), (priced.Status, priced.Notes.Length, priced.Issues.Length));
                plain++;
            }
        }

        Assert.InRange(plain, 500, 19_000);
    }

    [Fact]
    public void Price_CallOfALog_GoesTheShortWay()
    {
        ModelCall call = ModelCall.FromUsage("plain", new TokenUsage { Input = 1_000, CacheRead = 100, Output = 10 }) with { At = DateTimeOffset.UnixEpoch };

        Assert.Equal(0.00318m, ModelCallPricer.PricePlain(Store, call)?.Total?.Amount); // (3,000 + 30 + 150) millionths
    }

    private static ModelCall Draw(Random random)
    {
        TokenUsage usage = new()
        {
            Input = random.Next(3_000),
            CacheRead = Rarely(500),
            CacheWrite = Rarely(50),
            CacheWrite1h = Rarely(50),
            Output = random.Next(100),
        };
        CallContext served = Context();
        return new()
        {
            At = random.Next(8) == 0 ? null : new DateTimeOffset(2025, 11, 1, 0, 0, 0, TimeSpan.Zero).AddDays(random.Next(400)),
            RequestedModel = Pick("plain"),
            Asked = random.Next(3) == 0 ? Context() : default,
            Reading = new UsageReading
            {
                Status = random.Next(10) == 0 ? UsageStatus.Partial : UsageStatus.Complete,
                Reason = Pick("a reason"),
                Model = Models[random.Next(Models.Length)],
                Usage = random.Next(20) == 0 ? null : usage,
                Meters = random.Next(20) == 0 ? MeteredQuantities.Empty.With("search", 1) : MeteredQuantities.Empty,
                Calls = random.Next(10) == 0 ? 5 : 1,
                CacheMiss = random.Next(20) == 0 ? new CacheMiss { Reason = "x", Tokens = 10 } : null,
                Served = served,
            },
        };

        CallContext Context() => new()
        {
            Tier = Pick("batch") ?? Pick("unknown"),
            Region = Pick("us"),
            Batch = random.Next(10) == 0 ? random.Next(2) == 0 : null,
            Provider = Pick("h") ?? Pick("elsewhere"),
            Attributes = random.Next(10) == 0 ? CallAttributes.Empty.With("size", "large") : null,
        };

        string? Pick(string text) => random.Next(10) == 0 ? text : null;

        int Rarely(int most) => random.Next(4) == 0 ? random.Next(most) : 0;
    }
}
