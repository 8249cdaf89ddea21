using System.Collections.Immutable;
using System.Text.Json;

namespace LlmCostModel.Tests.Conformance;

/// <summary>Turns the prices and the usage of a worked example into ours.</summary>
internal static class WorkedPrices
{
    private static readonly (string Name, TokenBucket Bucket)[] Buckets =
    [
        ("input", TokenBucket.Input), ("cache_read", TokenBucket.CacheRead), ("cache_write", TokenBucket.CacheWrite), ("cache_write_1h", TokenBucket.CacheWrite1h),
        ("output", TokenBucket.Output), ("input_audio", TokenBucket.AudioInput), ("output_audio", TokenBucket.AudioOutput),
    ];

    internal static PriceVersion Read(JsonElement prices)
    {
        decimal perMillion = prices.GetProperty("unit").GetString() switch
        {
            "usd_per_mtok" => 1,
            "usd_per_ktok" => 1_000,
            "usd_per_token" => 1_000_000,
            var unit => throw new InvalidOperationException($"unit {unit}"),
        };
        TokenRates rates = new();
        TokenRates tier = new();
        long above = 0;
        foreach ((string name, TokenBucket bucket) in Buckets)
        {
            if (!prices.TryGetProperty(name, out JsonElement price))
            {
                continue;
            }

            bool isTiered = price.ValueKind == JsonValueKind.Object;
            rates = With(rates, bucket, perMillion * WorkedCaseTests.Decimal(isTiered ? price.GetProperty("base") : price));
            if (isTiered)
            {
                JsonElement step = price.GetProperty("tiers").EnumerateArray().Single();
                above = step.GetProperty("above_input_tokens").GetInt64();
                tier = With(tier, bucket, perMillion * WorkedCaseTests.Decimal(step.GetProperty("price")));
            }
        }

        ImmutableArray<PriceRule> rules =
        [
            .. above > 0 ? new[] { new PriceRule { Name = "tier", When = Above(above), PerMillionTokens = tier } } : [],
            .. WorkedCaseTests.Optional(prices, "input_above_200k") is { } beyond
                ? new[] { new PriceRule { Name = "beyond", When = Above(200_000), Mode = RuleMode.Marginal, PerMillionTokens = new TokenRates { Input = perMillion * beyond } } }
                : [],
            .. prices.TryGetProperty("long_context", out JsonElement factors) ? LongContext(factors) : [],
        ];
        return new PriceVersion
        {
            PerMillionTokens = rates,
            Rules = rules,
            BilledAs = rates is { CacheRead: null, Input: not null } ? ImmutableSortedDictionary.CreateRange([KeyValuePair.Create(TokenBucket.CacheRead, TokenBucket.Input)]) : ImmutableSortedDictionary<TokenBucket, TokenBucket>.Empty,
        };
    }

    internal static TokenUsage Usage(JsonElement usage, bool isInclusive)
    {
        long Count(string name) => usage.TryGetProperty(name, out JsonElement count) ? count.GetInt64() : 0;
        long input = Count("input") + Count("input_text");
        long output = Count("output") + Count("output_text");
        return isInclusive
            ? TokenUsage.FromInclusive(input, output, Count("cache_read"), Count("cache_write"))
            : new TokenUsage
            {
                Input = input,
                Output = output,
                CacheRead = Count("cache_read"),
                CacheWrite = Count("cache_write"),
                CacheWrite1h = Count("cache_write_1h"),
                AudioInput = Count("input_audio"),
                AudioOutput = Count("output_audio"),
            };
    }

    private static PriceCondition Above(long tokens) => new() { Tokens = [new TokenThreshold(TokenBasis.TotalInput, ThresholdComparison.Above, tokens)] };

    /// <summary>Factors above a threshold, for some service tiers only; the other tiers cost the same as standard.</summary>
    private static IEnumerable<PriceRule> LongContext(JsonElement factors)
    {
        PriceCondition when = Above(factors.GetProperty("above_input_tokens").GetInt64());
        if (factors.TryGetProperty("applies_to_service_tiers", out _))
        {
            when = when with { Tiers = ["standard", "flex"] };
            yield return new PriceRule { Name = "priority", When = new PriceCondition { Tiers = ["priority"] }, Multiply = 1 };
        }

        foreach ((string name, string[] on) in new[] { ("input_x", (string[])["Input"]), ("output_x", ["Output"]), ("cache_write_x", ["CacheWrite"]), ("cache_read_x", ["CacheRead"]) })
        {
            if (WorkedCaseTests.Optional(factors, name) is { } factor)
            {
                yield return new PriceRule { Name = name, When = when, Multiply = factor, On = [.. on] };
            }
        }
    }

    private static TokenRates With(TokenRates rates, TokenBucket bucket, decimal price) => bucket switch
    {
        TokenBucket.Input => rates with { Input = price },
        TokenBucket.CacheRead => rates with { CacheRead = price },
        TokenBucket.CacheWrite => rates with { CacheWrite = price },
        TokenBucket.CacheWrite1h => rates with { CacheWrite1h = price },
        TokenBucket.Output => rates with { Output = price },
        TokenBucket.AudioInput => rates with { AudioInput = price },
        _ => rates with { AudioOutput = price },
    };
}
