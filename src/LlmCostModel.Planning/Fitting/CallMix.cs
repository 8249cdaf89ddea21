using System.Collections.Immutable;

namespace LlmCostModel.Planning;

/// <summary>What a call of a line consumes on average, each part with the share by which it may be off.</summary>
internal sealed class CallMix
{
    private static readonly TokenBucket[] Named = [TokenBucket.Input, TokenBucket.CacheRead, TokenBucket.Output, TokenBucket.Reasoning];

    private CallMix()
    {
    }

    internal required FittedRatio Prompt { get; init; }

    internal required FittedRatio HitRate { get; init; }

    internal required FittedRatio Output { get; init; }

    internal required FittedRatio Reasoning { get; init; }

    internal required ImmutableSortedDictionary<TokenBucket, FittedRatio> Others { get; init; }

    internal required ImmutableSortedDictionary<string, FittedRatio> Meters { get; init; }

    /// <summary>What a call costs at the prices of reference.</summary>
    internal required FittedRatio Cost { get; init; }

    /// <summary>The factor by which the parts' spreads give the cost its own, as if they were independent of each other: long prompts are
    /// those that are read from a cache, so that they are not.</summary>
    internal required double Factor { get; init; }

    /// <summary>Works the parts out.</summary>
    /// <param name="clusters">The sums by cluster.</param>
    /// <param name="days">The days that count.</param>
    /// <param name="prices">What a unit costs.</param>
    internal static CallMix Of(ClusterSums clusters, IReadOnlyCollection<DaySums> days, UnitPrices prices)
    {
        ClusterRatios ratios = new(clusters);
        double calls = Math.Max(1, days.Sum(day => (double)day.Calls));
        double ofLog = Enumerable.Range(0, ClusterSums.Groups).Sum(clusters.CallsOf);

        // Means are those of the days; spreads are those of the log, of which the days may be a part.
        double part = Math.Sqrt(Math.Max(1, ofLog / calls));
        double Sum(TokenBucket bucket) => days.Sum(day => (double)day.Tokens[(int)bucket]);
        double Meter(string name) => days.Sum(day => (double)(day.Meters?.GetValueOrDefault(name) ?? 0));
        double PromptOf(int group) => clusters.TokensOf(group, TokenBucket.Input) + clusters.TokensOf(group, TokenBucket.CacheRead);
        double prompt = Sum(TokenBucket.Input) + Sum(TokenBucket.CacheRead);
        double read = Sum(TokenBucket.CacheRead);
        FittedRatio Tokens(TokenBucket bucket) =>
            FittedRatio.Positive(Sum(bucket) / calls, part * ratios.SpreadOf(group => clusters.TokensOf(group, bucket)));

        double CostOf(int group) => prices.CostOf(bucket => clusters.TokensOf(group, bucket), name => clusters.MeterOf(group, name));
        double cost = prices.CostOf(Sum, Meter);
        double hits = prompt == 0 ? 0 : read / prompt;
        double missSpread = part * ratios.SpreadOf(group => clusters.TokensOf(group, TokenBucket.CacheRead), PromptOf);
        CallMix mix = new()
        {
            Prompt = FittedRatio.Positive(prompt / calls, part * ratios.SpreadOf(PromptOf)),
            HitRate = FittedRatio.OfShare(hits, missSpread),
            Output = Tokens(TokenBucket.Output),
            Reasoning = Tokens(TokenBucket.Reasoning),
            Others = TokenBuckets.All.Select(row => row.Bucket)
                .Where(bucket => !Named.Contains(bucket) && Sum(bucket) > 0)
                .ToImmutableSortedDictionary(bucket => bucket, Tokens),
            Meters = clusters.Meters.Where(name => Meter(name) > 0).ToImmutableSortedDictionary(
                name => name,
                name => FittedRatio.Positive(Meter(name) / calls, part * ratios.SpreadOf(group => clusters.MeterOf(group, name))),
                StringComparer.Ordinal),
            Cost = FittedRatio.Positive(cost / calls, part * ratios.SpreadOf(CostOf)),
            Factor = 1,
        };
        return mix.WithFactor(prices, hits, calls);
    }

    private CallMix WithFactor(UnitPrices prices, double hits, double calls)
    {
        double fresh = prices[TokenBucket.Input], read = prices[TokenBucket.CacheRead];
        double prompt = Prompt.Mean;
        double squares = Square(prompt * ((hits * read) + ((1 - hits) * fresh)) * Prompt.Spread)
            + Square(prompt * (read - fresh) * hits * HitRate.Spread)
            + Square(Output.Mean * prices[TokenBucket.Output] * Output.Spread)
            + Square(Reasoning.Mean * prices[TokenBucket.Reasoning] * Reasoning.Spread)
            + Others.Sum(other => Square(other.Value.Mean * prices[other.Key] * other.Value.Spread))
            + Meters.Sum(meter => Square(meter.Value.Mean * prices[meter.Key] * meter.Value.Spread));
        double own = Cost.Mean * Cost.Spread;
        return new()
        {
            Prompt = Prompt,
            HitRate = HitRate,
            Output = Output,
            Reasoning = Reasoning,
            Others = Others,
            Meters = Meters,
            Cost = Cost,
            Factor = squares > 0 && calls > 0 && own > 0 ? own / Math.Sqrt(squares) : 1,
        };
    }

    private static double Square(double value) => value * value;
}
